package dev.bugle.bgp.rib;

/** What a peer is to this speaker, as far as paths are taken from it and told to it. */
public enum PeerKind {
  /** In another AS. */
  EXTERNAL,
  /** In another AS, and this speaker is its route server (RFC 7947). */
  ROUTE_SERVER_CLIENT,
  /** In another AS, and the route server of this speaker (RFC 7947). */
  ROUTE_SERVER,
  /** In another member AS of our confederation (RFC 5065). */
  CONFEDERATION,
  /** In our AS, which is our member AS in a confederation. */
  INTERNAL,
  /** In our AS, and this speaker reflects routes to it and from it (RFC 4456). */
  CLIENT;

  /** Whether it is in another AS, and in no member of our confederation. */
  public boolean isOutside() {
    return this == EXTERNAL || this == ROUTE_SERVER_CLIENT || this == ROUTE_SERVER;
  }

  /** Whether it is in our AS. */
  public boolean isInOurAs() {
    return this == INTERNAL || this == CLIENT;
  }
}
