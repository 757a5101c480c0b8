package dev.bugle.bgp.wire;

import dev.bugle.bgp.wire.nlri.EthernetSegmentId;
import dev.bugle.bgp.wire.nlri.EvpnAutoDiscovery;
import dev.bugle.bgp.wire.nlri.EvpnEthernetSegment;
import dev.bugle.bgp.wire.nlri.EvpnInclusiveMulticast;
import dev.bugle.bgp.wire.nlri.EvpnIpPrefix;
import dev.bugle.bgp.wire.nlri.EvpnLabel;
import dev.bugle.bgp.wire.nlri.EvpnMacIp;
import dev.bugle.bgp.wire.nlri.EvpnRoute;
import dev.bugle.bgp.wire.nlri.EvpnUnknownRoute;
import dev.bugle.bgp.wire.nlri.FlowComponent;
import dev.bugle.bgp.wire.nlri.FlowComponentType;
import dev.bugle.bgp.wire.nlri.FlowMatch;
import dev.bugle.bgp.wire.nlri.FlowMatches;
import dev.bugle.bgp.wire.nlri.FlowPrefix;
import dev.bugle.bgp.wire.nlri.FlowSpec;
import dev.bugle.bgp.wire.nlri.LabelStack;
import dev.bugle.bgp.wire.nlri.LabelledPrefix;
import dev.bugle.bgp.wire.nlri.MacAddress;
import dev.bugle.bgp.wire.nlri.RouteDistinguisher;
import dev.bugle.bgp.wire.nlri.RouteTargetMembership;
import dev.bugle.bgp.wire.nlri.VpnFlowSpec;
import dev.bugle.bgp.wire.nlri.VpnPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Valid NLRI of the families beside unicast, of which no octet is lost on the way. */
final class RandomNlri {

  static final List<AddressFamily> FAMILIES =
      List.of(
          AddressFamily.IPV4_MULTICAST,
          AddressFamily.IPV6_MULTICAST,
          AddressFamily.IPV4_LABELLED_UNICAST,
          AddressFamily.IPV6_LABELLED_UNICAST,
          AddressFamily.IPV4_VPN,
          AddressFamily.IPV6_VPN,
          AddressFamily.ROUTE_TARGET,
          AddressFamily.IPV4_FLOWSPEC,
          AddressFamily.IPV6_FLOWSPEC,
          AddressFamily.IPV4_FLOWSPEC_VPN,
          AddressFamily.IPV6_FLOWSPEC_VPN,
          AddressFamily.EVPN);

  private final Random random;

  RandomNlri(Random random) {
    this.random = random;
  }

  AddressFamily family() {
    return FAMILIES.get(random.nextInt(FAMILIES.size()));
  }

  /** A length that needs no agreement. */
  int nextHopLength(AddressFamily family) {
    boolean ipv4 = family.isIpv4();
    return switch (family.safi()) {
      case 133, 134 -> random.nextInt(3) == 0 ? 4 : 0;
      case 128 -> ipv4 ? 12 : random.nextBoolean() ? 24 : 48;
      case 70, 132 -> random.nextBoolean() ? 4 : 16;
      default -> ipv4 ? 4 : random.nextBoolean() ? 16 : 32;
    };
  }

  Nlri of(AddressFamily family) {
    boolean ipv4 = family.isIpv4();
    return switch (family.safi()) {
      case 2 -> prefix(ipv4);
      case 4 -> new LabelledPrefix(prefix(ipv4), labels());
      case 128 -> new VpnPrefix(distinguisher(), prefix(ipv4), labels());
      case 132 -> membership();
      case 133 -> flowSpec(ipv4);
      case 134 -> new VpnFlowSpec(distinguisher(), flowSpec(ipv4));
      case 70 -> evpn();
      default -> throw new IllegalArgumentException(family.toString());
    };
  }

  private int length(int max) {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> max;
      case 2 -> max - 1;
      default -> random.nextInt(max + 1);
    };
  }

  private IpAddress address(boolean ipv4) {
    return ipv4
        ? new Ipv4Address(random.nextInt())
        : new Ipv6Address(random.nextLong(), random.nextLong());
  }

  private Prefix prefix(boolean ipv4) {
    int length = length(ipv4 ? 32 : 128);
    return new Prefix(address(ipv4).masked(length), length);
  }

  private LabelStack labels() {
    return switch (random.nextInt(5)) {
      case 0 -> LabelStack.WITHDRAWN;
      case 1 -> LabelStack.parse("0x000000");
      case 2 -> LabelStack.of(1 + random.nextInt(100), random.nextInt(0x100000));
      case 3 -> new LabelStack(List.of(random.nextInt(0x1000000) | 1));
      default -> LabelStack.of(length(0xFFFFF));
    };
  }

  private RouteDistinguisher distinguisher() {
    return random.nextInt(8) == 0
        ? new RouteDistinguisher(random.nextLong())
        : new RouteDistinguisher(random.nextLong() >>> 16 | (long) random.nextInt(3) << 48);
  }

  private RouteTargetMembership membership() {
    if (random.nextInt(5) == 0) {
      return RouteTargetMembership.DEFAULT;
    }
    int length = 32 + length(64);
    long target = length == 32 ? 0 : random.nextLong() & -1L << (96 - length);
    return new RouteTargetMembership(length, Integer.toUnsignedLong(random.nextInt()), target);
  }

  private FlowSpec flowSpec(boolean ipv4) {
    List<FlowComponent> components = new ArrayList<>();
    for (FlowComponentType type : FlowComponentType.values()) {
      boolean has = random.nextInt(3) == 0 && (!ipv4 || type != FlowComponentType.FLOW_LABEL);
      if (has) {
        components.add(type.code() <= 2 ? flowPrefix(type, ipv4) : matches(type));
      }
    }
    return new FlowSpec(ipv4, components);
  }

  private FlowPrefix flowPrefix(FlowComponentType type, boolean ipv4) {
    Prefix prefix = prefix(ipv4);
    if (ipv4 || prefix.length() < 2) {
      return FlowPrefix.of(type, prefix);
    }
    int offset = 1 + random.nextInt(prefix.length() - 1);
    Ipv6Address address = (Ipv6Address) prefix.address();
    Ipv6Address before = address.masked(offset);
    Ipv6Address rest =
        new Ipv6Address(address.high() ^ before.high(), address.low() ^ before.low());
    return new FlowPrefix(type, new Prefix(rest, prefix.length()), offset);
  }

  private FlowMatches matches(FlowComponentType type) {
    boolean bits = type == FlowComponentType.TCP_FLAGS || type == FlowComponentType.FRAGMENT;
    int widths =
        type == FlowComponentType.TCP_FLAGS
            ? 2
            : type == FlowComponentType.FRAGMENT || type == FlowComponentType.DSCP ? 1 : 4;
    List<FlowMatch> matches = new ArrayList<>();
    int count = random.nextInt(30) == 0 ? 40 : 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      int octets = 1 << random.nextInt(widths);
      long value = octets == 8 ? random.nextLong() : random.nextLong() >>> (64 - 8 * octets);
      boolean and = i > 0 && random.nextBoolean();
      matches.add(new FlowMatch(and, random.nextInt(bits ? 4 : 8), octets, value));
    }
    return new FlowMatches(type, matches);
  }

  private EvpnRoute evpn() {
    boolean ipv4 = random.nextBoolean();
    long tag = Integer.toUnsignedLong(random.nextInt());
    return switch (random.nextInt(6)) {
      case 0 -> new EvpnAutoDiscovery(distinguisher(), segment(), tag, label());
      case 1 ->
          new EvpnMacIp(
              distinguisher(),
              segment(),
              tag,
              new MacAddress(random.nextLong() >>> 16),
              random.nextBoolean() ? Optional.of(address(ipv4)) : Optional.empty(),
              random.nextBoolean() ? List.of(label()) : List.of(label(), label()));
      case 2 -> new EvpnInclusiveMulticast(distinguisher(), tag, address(ipv4));
      case 3 -> new EvpnEthernetSegment(distinguisher(), segment(), address(ipv4));
      case 4 ->
          new EvpnIpPrefix(distinguisher(), segment(), tag, prefix(ipv4), address(ipv4), label());
      default -> new EvpnUnknownRoute(6 + random.nextInt(250), bytes(random.nextInt(20)));
    };
  }

  private EthernetSegmentId segment() {
    return random.nextBoolean() ? EthernetSegmentId.ZERO : new EthernetSegmentId(bytes(10));
  }

  private EvpnLabel label() {
    return new EvpnLabel(random.nextInt(0x1000000));
  }

  private Bytes bytes(int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return Bytes.of(octets);
  }
}
