package dev.bugle.bgp.rib.table;

/** What a peer is to this speaker, as far as paths are taken from it and told to it. */
public enum PeerKind {
  /** In another AS. */
  EXTERNAL(PathSource.Kind.EXTERNAL),
  /** In another AS, and this speaker is its route server (RFC 7947). */
  ROUTE_SERVER_CLIENT(PathSource.Kind.EXTERNAL),
  /** In another AS, and the route server of this speaker (RFC 7947). */
  ROUTE_SERVER(PathSource.Kind.EXTERNAL),
  /** In another member AS of our confederation (RFC 5065). */
  CONFEDERATION(PathSource.Kind.CONFEDERATION),
  /** In our AS. */
  INTERNAL(PathSource.Kind.INTERNAL),
  /** In our AS, and this speaker reflects routes to it and from it (RFC 4456). */
  CLIENT(PathSource.Kind.CLIENT);

  private final PathSource.Kind sourceKind;

  PeerKind(PathSource.Kind sourceKind) {
    this.sourceKind = sourceKind;
  }

  /** How what comes from it is related to us. */
  public PathSource.Kind sourceKind() {
    return sourceKind;
  }

  /** Whether it is in another AS, and in no member of our confederation. */
  public boolean isOutside() {
    return sourceKind == PathSource.Kind.EXTERNAL;
  }

  /** Whether it is in our AS, which is our member AS in a confederation. */
  public boolean isInOurAs() {
    return this == INTERNAL || this == CLIENT;
  }
}
