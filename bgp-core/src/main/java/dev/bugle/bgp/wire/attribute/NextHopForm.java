package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.AddressFamily;
import java.util.Arrays;

/** What the next hop of MP_REACH_NLRI looks like in a family: its lengths, and what is in them. */
enum NextHopForm {
  /** An IPv4 address; where it was agreed, an IPv6 one, maybe with its link-local (RFC 8950 §3). */
  IPV4(0, 4, 16, 32),
  /** An IPv6 address, maybe with its link-local one (RFC 2545 §3). */
  IPV6(0, 16, 32),
  /** As for IPv4, each address behind a route distinguisher of zero (RFC 4364 §4.3.2, RFC 8950). */
  VPN_IPV4(8, 12, 24, 48),
  /** As for IPv6, each address behind a route distinguisher of zero (RFC 4659 §3.2.1). */
  VPN_IPV6(8, 24, 48),
  /** The address of a router, of either version (RFC 7432 §7, RFC 4684 §5). */
  ROUTER(0, 4, 16, 32),
  /** Nothing is sent, and whatever comes is not looked at (RFC 8955 §4). */
  IGNORED(0),
  /** A family that we do not know: any. */
  UNKNOWN(0);

  /** Octets before each address. */
  private final int distinguisher;

  /** Bit n for a length of n octets; 0 for any length. */
  private final long lengths;

  private final int shortest;

  NextHopForm(int distinguisher, int... lengths) {
    this.distinguisher = distinguisher;
    this.lengths = Arrays.stream(lengths).mapToLong(length -> 1L << length).sum();
    this.shortest = Arrays.stream(lengths).min().orElse(0);
  }

  static NextHopForm of(AddressFamily family) {
    boolean ip = family.isIpv4() || family.isIpv6();
    if (family.equals(AddressFamily.EVPN) || family.equals(AddressFamily.ROUTE_TARGET)) {
      return ROUTER;
    }
    if (!ip) {
      return UNKNOWN;
    }
    if (!family.hasNextHops()) {
      return IGNORED;
    }
    return switch (family.safi()) {
      case 1, 2, 4 -> family.isIpv4() ? IPV4 : IPV6;
      case 128 -> family.isIpv4() ? VPN_IPV4 : VPN_IPV6;
      default -> UNKNOWN;
    };
  }

  /** Whether a next hop, of 0 to 255 octets, may have this length. */
  boolean allows(int length) {
    return lengths == 0 || (length < Long.SIZE && (lengths >>> length & 1) != 0);
  }

  /** Whether a next hop of this length goes only where the two have agreed (RFC 8950 §4). */
  boolean needsAgreement(int length) {
    return (this == IPV4 || this == VPN_IPV4) && length != shortest;
  }

  /** Octets before each address of the next hop. */
  int distinguisher() {
    return distinguisher;
  }
}
