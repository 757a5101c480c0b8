package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.AddressFamily;
import java.util.List;

/**
 * What we offer in OPEN; what comes of it, the peer's OPEN decides (RFC 5492).
 *
 * @param families at least one; one given twice counts once
 */
public record Offer(List<AddressFamily> families) {

  /** IPv4 and IPv6 unicast. */
  public static final Offer DEFAULT =
      new Offer(List.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST));

  /** Checks and copies. */
  public Offer {
    families = families.stream().distinct().toList();
    if (families.isEmpty()) {
      throw new IllegalArgumentException("at least one address family is needed");
    }
  }
}
