package dev.bugle.bgp.wire;

/**
 * What kind of routes: an AFI and a SAFI (RFC 4760 §3). An open registry, so numbers, not an enum.
 *
 * @param afi Address Family Identifier, 0 to 65535
 * @param safi Subsequent Address Family Identifier, 0 to 255
 */
public record AddressFamily(int afi, int safi) implements Comparable<AddressFamily> {

  /** IPv4 unicast, 1/1: the one that RFC 4271 itself carries. */
  public static final AddressFamily IPV4_UNICAST = new AddressFamily(1, 1);

  /** IPv6 unicast, 2/1. */
  public static final AddressFamily IPV6_UNICAST = new AddressFamily(2, 1);

  /** Checks the ranges. */
  public AddressFamily {
    if (afi < 0 || afi > 0xFFFF || safi < 0 || safi > 0xFF) {
      throw new IllegalArgumentException("AFI/SAFI " + afi + "/" + safi + " is out of range");
    }
  }

  @Override
  public int compareTo(AddressFamily other) {
    return Integer.compare(afi << 8 | safi, other.afi << 8 | other.safi);
  }

  @Override
  public int hashCode() {
    return afi << 8 | safi;
  }

  /** {@code ipv4-unicast}, {@code ipv6-unicast}, or {@code afi/safi} in numbers. */
  @Override
  public String toString() {
    if (equals(IPV4_UNICAST)) {
      return "ipv4-unicast";
    }
    return equals(IPV6_UNICAST) ? "ipv6-unicast" : afi + "/" + safi;
  }
}
