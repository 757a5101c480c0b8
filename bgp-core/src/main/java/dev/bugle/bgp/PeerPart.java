package dev.bugle.bgp;

import dev.bugle.bgp.rib.PeerKind;
import java.util.Locale;

/** What part a peer has in passing on what was learned. */
public enum PeerPart {
  /** None but that of its AS. */
  PLAIN,
  /** It is in our AS, and we reflect routes to it and from it (RFC 4456). */
  REFLECTOR_CLIENT,
  /** It is in another AS, and we are its route server (RFC 7947). */
  ROUTE_SERVER_CLIENT,
  /**
   * It is in another AS, and our route server (RFC 7947), so that its paths begin with the AS of
   * another client.
   */
  ROUTE_SERVER;

  /**
   * What a peer with this part is.
   *
   * @param isExternal whether it is in another AS, which another member of a confederation is, too
   * @param isOutside whether it is in another AS, and in no member of our confederation
   * @throws IllegalArgumentException when a peer there cannot have this part
   */
  PeerKind kind(boolean isExternal, boolean isOutside) {
    return switch (this) {
      case PLAIN ->
          isOutside ? PeerKind.EXTERNAL : isExternal ? PeerKind.CONFEDERATION : PeerKind.INTERNAL;
      case REFLECTOR_CLIENT -> kind(PeerKind.CLIENT, !isExternal, "our own AS (RFC 4456)");
      case ROUTE_SERVER_CLIENT ->
          kind(PeerKind.ROUTE_SERVER_CLIENT, isOutside, "another AS (RFC 7947)");
      case ROUTE_SERVER -> kind(PeerKind.ROUTE_SERVER, isOutside, "another AS (RFC 7947)");
    };
  }

  private PeerKind kind(PeerKind kind, boolean isThere, String where) {
    if (!isThere) {
      throw new IllegalArgumentException(
          "a "
              + this
              + " is in "
              + where
              + ", and this peer is not; check its AS, or make it plain");
    }
    return kind;
  }

  /** As in messages: {@code route server client}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
