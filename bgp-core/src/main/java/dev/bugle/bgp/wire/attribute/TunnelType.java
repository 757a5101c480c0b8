package dev.bugle.bgp.wire.attribute;

import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Names of the tunnel types of RFC 9012; IANA, "BGP Tunnel Encapsulation Attribute Tunnel Types".
 */
final class TunnelType {

  static final int VXLAN = 8;

  private static final Map<String, Integer> TYPES =
      Map.ofEntries(
          Map.entry("l2tpv3", 1),
          Map.entry("gre", 2),
          Map.entry("ip-in-ip", 7),
          Map.entry("vxlan", VXLAN),
          Map.entry("nvgre", 9),
          Map.entry("mpls", 10),
          Map.entry("mpls-in-gre", 11),
          Map.entry("vxlan-gpe", 12),
          Map.entry("mpls-in-udp", 13),
          Map.entry("ipv6-tunnel", 14),
          Map.entry("sr-policy", 15),
          Map.entry("bare", 16),
          Map.entry("geneve", 19),
          Map.entry("any-encapsulation", 20));

  private static final Map<Integer, String> NAMES =
      TYPES.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private TunnelType() {}

  /** The name, or the number. */
  static String nameOf(int type) {
    return NAMES.getOrDefault(type, Integer.toString(type));
  }

  /** The number of this name in lower case; empty when there is no such name. */
  static OptionalInt named(String name) {
    Integer type = TYPES.get(name);
    return type == null ? OptionalInt.empty() : OptionalInt.of(type);
  }
}
