package dev.bugle.bgp.wire;

import java.util.HashMap;
import java.util.Map;

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

  /** IPv4 routes for reverse path forwarding of multicast, 1/2 (RFC 4760 §8). */
  public static final AddressFamily IPV4_MULTICAST = new AddressFamily(1, 2);

  /** IPv6 routes for reverse path forwarding of multicast, 2/2 (RFC 4760 §8). */
  public static final AddressFamily IPV6_MULTICAST = new AddressFamily(2, 2);

  /** IPv4 prefixes with MPLS labels, 1/4 (RFC 8277). */
  public static final AddressFamily IPV4_LABELLED_UNICAST = new AddressFamily(1, 4);

  /** IPv6 prefixes with MPLS labels, 2/4 (RFC 8277); over IPv4 this is 6PE (RFC 4798). */
  public static final AddressFamily IPV6_LABELLED_UNICAST = new AddressFamily(2, 4);

  /** IPv4 prefixes of VPNs, 1/128 (RFC 4364). */
  public static final AddressFamily IPV4_VPN = new AddressFamily(1, 128);

  /** IPv6 prefixes of VPNs, 2/128 (RFC 4659). */
  public static final AddressFamily IPV6_VPN = new AddressFamily(2, 128);

  /** Constraint of the distribution of VPN routes, 1/132 (RFC 4684). */
  public static final AddressFamily ROUTE_TARGET = new AddressFamily(1, 132);

  /** Flow specifications of IPv4, 1/133 (RFC 8955). */
  public static final AddressFamily IPV4_FLOWSPEC = new AddressFamily(1, 133);

  /** Flow specifications of IPv6, 2/133 (RFC 8956). */
  public static final AddressFamily IPV6_FLOWSPEC = new AddressFamily(2, 133);

  /** Flow specifications of IPv4 in VPNs, 1/134 (RFC 8955 §8). */
  public static final AddressFamily IPV4_FLOWSPEC_VPN = new AddressFamily(1, 134);

  /** Flow specifications of IPv6 in VPNs, 2/134 (RFC 8956). */
  public static final AddressFamily IPV6_FLOWSPEC_VPN = new AddressFamily(2, 134);

  /** Ethernet VPN, 25/70 (RFC 7432). */
  public static final AddressFamily EVPN = new AddressFamily(25, 70);

  private static final Map<AddressFamily, String> NAMES =
      Map.ofEntries(
          Map.entry(IPV4_UNICAST, "ipv4-unicast"),
          Map.entry(IPV6_UNICAST, "ipv6-unicast"),
          Map.entry(IPV4_MULTICAST, "ipv4-multicast"),
          Map.entry(IPV6_MULTICAST, "ipv6-multicast"),
          Map.entry(IPV4_LABELLED_UNICAST, "ipv4-labelled-unicast"),
          Map.entry(IPV6_LABELLED_UNICAST, "ipv6-labelled-unicast"),
          Map.entry(IPV4_VPN, "ipv4-vpn"),
          Map.entry(IPV6_VPN, "ipv6-vpn"),
          Map.entry(ROUTE_TARGET, "route-target"),
          Map.entry(IPV4_FLOWSPEC, "ipv4-flowspec"),
          Map.entry(IPV6_FLOWSPEC, "ipv6-flowspec"),
          Map.entry(IPV4_FLOWSPEC_VPN, "ipv4-flowspec-vpn"),
          Map.entry(IPV6_FLOWSPEC_VPN, "ipv6-flowspec-vpn"),
          Map.entry(EVPN, "l2vpn-evpn"));

  private static final Map<String, AddressFamily> BY_NAME = byName();

  private static final int IPV4_AFI = 1;
  private static final int IPV6_AFI = 2;
  private static final int FLOWSPEC_SAFI = 133;
  private static final int FLOWSPEC_VPN_SAFI = 134;

  /** Checks the ranges. */
  public AddressFamily {
    if (afi < 0 || afi > 0xFFFF || safi < 0 || safi > 0xFF) {
      throw new IllegalArgumentException("AFI/SAFI " + afi + "/" + safi + " is out of range");
    }
  }

  private static Map<String, AddressFamily> byName() {
    Map<String, AddressFamily> families = new HashMap<>();
    NAMES.forEach((family, name) -> families.put(name, family));
    return Map.copyOf(families);
  }

  /**
   * Parses a name such as {@code ipv4-vpn}, or {@code afi/safi} in numbers.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static AddressFamily parse(String text) {
    AddressFamily named = BY_NAME.get(text);
    if (named != null) {
      return named;
    }
    if (!text.matches("[0-9]{1,5}/[0-9]{1,3}")) {
      throw new IllegalArgumentException(
          "'" + text + "' is no address family; write it like ipv4-unicast, or 1/128 in numbers");
    }
    int slash = text.indexOf('/');
    return new AddressFamily(
        Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  /** Whether the AFI is that of IPv4. */
  public boolean isIpv4() {
    return afi == IPV4_AFI;
  }

  /** Whether the AFI is that of IPv6. */
  public boolean isIpv6() {
    return afi == IPV6_AFI;
  }

  /** Whether it is IPv4 or IPv6 unicast: what is announced here, and what RFC 9234 is about. */
  public boolean isUnicast() {
    return equals(IPV4_UNICAST) || equals(IPV6_UNICAST);
  }

  /** Whether its routes lead to a next hop: flow specifications do not (RFC 8955 §4). */
  public boolean hasNextHops() {
    return !((isIpv4() || isIpv6()) && (safi == FLOWSPEC_SAFI || safi == FLOWSPEC_VPN_SAFI));
  }

  @Override
  public int compareTo(AddressFamily other) {
    return Integer.compare(afi << 8 | safi, other.afi << 8 | other.safi);
  }

  @Override
  public int hashCode() {
    return afi << 8 | safi;
  }

  /** {@code ipv4-unicast} and the like, or {@code afi/safi} in numbers: what is parsed. */
  @Override
  public String toString() {
    String name = NAMES.get(this);
    return name == null ? afi + "/" + safi : name;
  }
}
