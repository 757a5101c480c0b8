package dev.bugle.bgp.wire;

import dev.bugle.bgp.wire.attribute.Aggregator;
import dev.bugle.bgp.wire.attribute.Aigp;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.AsPath.Segment;
import dev.bugle.bgp.wire.attribute.AsPath.SegmentType;
import dev.bugle.bgp.wire.attribute.AtomicAggregate;
import dev.bugle.bgp.wire.attribute.AttrSet;
import dev.bugle.bgp.wire.attribute.AttributeFlags;
import dev.bugle.bgp.wire.attribute.ClusterList;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.ExtendedCommunities;
import dev.bugle.bgp.wire.attribute.ExtendedCommunity;
import dev.bugle.bgp.wire.attribute.Ipv6ExtendedCommunities;
import dev.bugle.bgp.wire.attribute.Ipv6ExtendedCommunity;
import dev.bugle.bgp.wire.attribute.LargeCommunities;
import dev.bugle.bgp.wire.attribute.LargeCommunity;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.OnlyToCustomer;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.OriginatorId;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.attribute.PmsiTunnel;
import dev.bugle.bgp.wire.attribute.PrefixSid;
import dev.bugle.bgp.wire.attribute.TunnelEncapsulation;
import dev.bugle.bgp.wire.attribute.TunnelSubTlv;
import dev.bugle.bgp.wire.attribute.UnknownAttribute;
import dev.bugle.bgp.wire.capability.AddPathCapability;
import dev.bugle.bgp.wire.capability.Capability;
import dev.bugle.bgp.wire.capability.EnhancedRouteRefreshCapability;
import dev.bugle.bgp.wire.capability.ExtendedMessageCapability;
import dev.bugle.bgp.wire.capability.ExtendedNextHopCapability;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.capability.FqdnCapability;
import dev.bugle.bgp.wire.capability.GracefulRestartCapability;
import dev.bugle.bgp.wire.capability.LongLivedGracefulRestartCapability;
import dev.bugle.bgp.wire.capability.MultiprotocolCapability;
import dev.bugle.bgp.wire.capability.RoleCapability;
import dev.bugle.bgp.wire.capability.RouteRefreshCapability;
import dev.bugle.bgp.wire.capability.SoftwareVersionCapability;
import dev.bugle.bgp.wire.capability.UnknownCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import dev.bugle.bgp.wire.nlri.Families;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Valid messages of every kind, the same ones for the same seed; the borders come up often. */
public final class RandomMessages {

  private static final List<AddressFamily> PATH_IDENTIFIERS =
      Stream.concat(
              Stream.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST, WireVector.OPAQUE),
              RandomNlri.FAMILIES.stream())
          .toList();

  private final Random random;
  private final RandomNlri nlri;

  public RandomMessages(long seed) {
    this.random = new Random(seed);
    this.nlri = new RandomNlri(random);
  }

  public CodecContext context() {
    return CodecContext.INITIAL
        .withNlriCodecs(Families.ALL)
        .withFourOctetAs(random.nextInt(4) > 0)
        .withExternal(random.nextBoolean())
        .withEnhancedRouteRefresh(random.nextBoolean())
        .withReceived(direction())
        .withSent(direction());
  }

  private Direction direction() {
    return Direction.INITIAL
        .withLongestMessage(random.nextInt(3) == 0 ? 65535 : 4096)
        .withPathIdentifiers(
            PATH_IDENTIFIERS.stream()
                .filter(family -> random.nextInt(3) == 0)
                .collect(Collectors.toSet()))
        .withExtendedNextHop(random.nextBoolean() ? Set.of(AddressFamily.IPV4_UNICAST) : Set.of());
  }

  /** A message that may be sent in this context. */
  public Message message(CodecContext context) {
    return switch (random.nextInt(10)) {
      case 0 -> KeepaliveMessage.KEEPALIVE;
      case 1 -> new RouteRefreshMessage(anyFamily(), random.nextInt(256));
      case 2 -> new NotificationMessage(error(context));
      case 3, 4 -> open();
      default -> update(context);
    };
  }

  private BgpError error(CodecContext context) {
    return switch (random.nextInt(5)) {
      case 2 -> BgpError.hardReset(BgpError.administrativeShutdown("y".repeat(random.nextInt(9))));
      case 0 -> BgpError.administrativeShutdown("x".repeat(random.nextInt(300)));
      case 1 -> BgpError.administrativeReset("grüße 😀".repeat(random.nextInt(30)));
      default ->
          new BgpError(
              random.nextInt(256),
              random.nextInt(256),
              bytes(random.nextInt(context.sent().longestMessage() - 20)));
    };
  }

  private OpenMessage open() {
    return new OpenMessage(
        (int) border(0xFFFF),
        (int) border(0xFFFF),
        new Ipv4Address(random.nextInt()),
        listOf(random.nextInt(12), this::capability));
  }

  private Capability capability() {
    return switch (random.nextInt(14)) {
      case 0 -> new MultiprotocolCapability(anyFamily());
      case 1 -> RouteRefreshCapability.PRESENT;
      case 2 -> new FourOctetAsCapability(border(Asn.MAX));
      case 3 -> ExtendedMessageCapability.PRESENT;
      case 4 -> EnhancedRouteRefreshCapability.PRESENT;
      case 5 -> new RoleCapability((int) border(255));
      case 6 -> gracefulRestart();
      case 7 -> new AddPathCapability(listOf((int) border(63), this::addPathFamily));
      case 8 -> new ExtendedNextHopCapability(listOf((int) border(42), this::nextHopEncoding));
      case 9 ->
          new LongLivedGracefulRestartCapability(listOf((int) border(36), this::longLivedFamily));
      case 10 -> new FqdnCapability("b\u00fcgle".repeat(random.nextInt(9)), "lab");
      case 11 -> new SoftwareVersionCapability("x".repeat((int) border(254)));
      default -> new UnknownCapability(128 + random.nextInt(128), bytes((int) border(255)));
    };
  }

  private GracefulRestartCapability gracefulRestart() {
    return new GracefulRestartCapability(
        random.nextBoolean(),
        random.nextBoolean(),
        Duration.ofSeconds(border(4095)),
        listOf(
            (int) border(63),
            () -> new GracefulRestartCapability.Family(anyFamily(), random.nextBoolean())));
  }

  private LongLivedGracefulRestartCapability.Family longLivedFamily() {
    return new LongLivedGracefulRestartCapability.Family(
        anyFamily(), random.nextBoolean(), Duration.ofSeconds(border(0xFF_FFFF)));
  }

  private AddPathCapability.Family addPathFamily() {
    AddPathCapability.Mode[] modes = AddPathCapability.Mode.values();
    return new AddPathCapability.Family(anyFamily(), modes[random.nextInt(modes.length)]);
  }

  private ExtendedNextHopCapability.Encoding nextHopEncoding() {
    return new ExtendedNextHopCapability.Encoding(anyFamily(), (int) border(0xFFFF));
  }

  private UpdateMessage update(CodecContext context) {
    int kind = random.nextInt(8);
    if (kind == 0) {
      return UpdateMessage.endOfRib(anyFamily());
    }
    List<Nlri> withdrawn = listOf(kind < 3 ? random.nextInt(40) : 0, () -> ipv4(context));
    if (kind == 1) {
      return new UpdateMessage(withdrawn, PathAttributes.EMPTY, List.of());
    }
    List<Nlri> nlri = listOf(kind < 6 ? 1 + random.nextInt(60) : 0, () -> ipv4(context));
    return new UpdateMessage(withdrawn, attributes(context), nlri);
  }

  /** Always the mandatory ones, sometimes each of the others. */
  public PathAttributes attributes(CodecContext context) {
    List<PathAttribute> attributes = new ArrayList<>();
    attributes.add(List.of(Origin.IGP, Origin.EGP, Origin.INCOMPLETE).get(random.nextInt(3)));
    attributes.add(path(context));
    attributes.add(new NextHop(new Ipv4Address(0x01000000 + random.nextInt(0x7F000000))));
    sometimes(attributes, () -> new MultiExitDisc(border(0xFFFF_FFFFL)));
    if (!context.external()) {
      sometimes(attributes, () -> new LocalPref(border(0xFFFF_FFFFL)));
    }
    sometimes(attributes, () -> AtomicAggregate.PRESENT);
    sometimes(attributes, () -> new Aggregator(asn(), new Ipv4Address(random.nextInt())));
    sometimes(attributes, () -> new Communities(some(80, () -> new Community(random.nextInt()))));
    sometimes(attributes, () -> reach(context));
    sometimes(attributes, () -> unreach(context));
    sometimes(
        attributes,
        () -> new ExtendedCommunities(some(40, () -> new ExtendedCommunity(random.nextLong()))));
    sometimes(attributes, () -> new LargeCommunities(some(30, this::largeCommunity)));
    sometimes(attributes, () -> new OnlyToCustomer(border(Asn.MAX)));
    rarer(attributes, context);
    sometimes(attributes, () -> unknown(64 + random.nextInt(64)));
    sometimes(attributes, () -> unknown(129 + random.nextInt(127)));
    return PathAttributes.of(attributes);
  }

  private void rarer(List<PathAttribute> attributes, CodecContext context) {
    if (!context.external()) {
      sometimes(attributes, () -> new OriginatorId(new Ipv4Address(random.nextInt())));
      sometimes(
          attributes, () -> new ClusterList(some(9, () -> new Ipv4Address(random.nextInt()))));
    }
    sometimes(attributes, () -> Aigp.of(random.nextLong() >>> 1));
    sometimes(attributes, this::pmsiTunnel);
    sometimes(attributes, () -> new TunnelEncapsulation(some(3, this::tunnel)));
    sometimes(attributes, () -> new Ipv6ExtendedCommunities(some(9, this::ipv6ExtendedCommunity)));
    sometimes(attributes, () -> new PrefixSid(some(3, this::prefixSidTlv)));
    sometimes(
        attributes,
        () -> new AttrSet(border(Asn.MAX), Bytes.hex(random.nextBoolean() ? "" : "400600")));
  }

  private PmsiTunnel pmsiTunnel() {
    int label = (int) border(0xFF_FFFF);
    return switch (random.nextInt(3)) {
      case 0 -> PmsiTunnel.ingressReplication(label, new Ipv4Address(random.nextInt()));
      case 1 ->
          PmsiTunnel.ingressReplication(
              label, new Ipv6Address(random.nextLong(), random.nextLong()));
      default -> new PmsiTunnel((int) border(255), 3, label, bytes(8));
    };
  }

  private TunnelEncapsulation.Tunnel tunnel() {
    return new TunnelEncapsulation.Tunnel(
        (int) border(0xFFFF), listOf(random.nextInt(4), this::subTlv));
  }

  private TunnelSubTlv subTlv() {
    return switch (random.nextInt(7)) {
      case 0 -> new TunnelSubTlv.EgressEndpoint(Optional.empty());
      case 1 -> new TunnelSubTlv.EgressEndpoint(Optional.of(new Ipv4Address(random.nextInt())));
      case 2 -> new TunnelSubTlv.Color((int) border(0xFFFF), border(0xFFFF_FFFFL));
      case 3 -> new TunnelSubTlv.UdpDestinationPort((int) border(0xFFFF));
      case 4 -> new TunnelSubTlv.ProtocolType((int) border(0xFFFF));
      case 5 -> new TunnelSubTlv.Other(100 + random.nextInt(28), bytes((int) border(60)));
      default -> new TunnelSubTlv.Other(200 + random.nextInt(56), bytes((int) border(300)));
    };
  }

  private PrefixSid.Tlv prefixSidTlv() {
    return switch (random.nextInt(3)) {
      case 0 -> new PrefixSid.LabelIndex((int) border(0xFFFF), border(0xFFFF_FFFFL));
      case 1 ->
          new PrefixSid.OriginatorSrgb(
              (int) border(0xFFFF),
              some(3, () -> new PrefixSid.Range((int) border(0xFF_FFFF), (int) border(0xFF_FFFF))));
      default -> new PrefixSid.OtherTlv(100 + random.nextInt(156), bytes((int) border(60)));
    };
  }

  private Ipv6ExtendedCommunity ipv6ExtendedCommunity() {
    Ipv6Address address = new Ipv6Address(random.nextLong(), random.nextLong());
    return new Ipv6ExtendedCommunity((int) border(0xFFFF), address, (int) border(0xFFFF));
  }

  private void sometimes(List<PathAttribute> attributes, Supplier<PathAttribute> attribute) {
    if (random.nextInt(3) == 0) {
      attributes.add(attribute.get());
    }
  }

  private UnknownAttribute unknown(int typeCode) {
    AttributeFlags flags =
        switch (random.nextInt(3)) {
          case 0 -> AttributeFlags.OPTIONAL_TRANSITIVE;
          case 1 -> AttributeFlags.OPTIONAL_TRANSITIVE.withPartial();
          default -> AttributeFlags.OPTIONAL_NON_TRANSITIVE;
        };
    return new UnknownAttribute(flags, typeCode, bytes((int) border(300)));
  }

  private MpReach reach(CodecContext context) {
    if (context.sent().extendedNextHop().contains(AddressFamily.IPV4_UNICAST)
        && random.nextInt(3) == 0) {
      Bytes nextHop = bytes(random.nextBoolean() ? 16 : 32);
      return new MpReach(AddressFamily.IPV4_UNICAST, nextHop, some(20, () -> ipv4(context)));
    }
    if (random.nextInt(2) == 0) {
      AddressFamily family = nlri.family();
      Bytes nextHop = bytes(nlri.nextHopLength(family));
      return new MpReach(family, nextHop, some(3, () -> of(family, context)));
    }
    if (random.nextInt(4) == 0) {
      return new MpReach(WireVector.OPAQUE, bytes(random.nextInt(25)), List.of(opaque()));
    }
    Bytes nextHop = bytes(random.nextBoolean() ? 16 : 32);
    return new MpReach(AddressFamily.IPV6_UNICAST, nextHop, some(20, () -> ipv6(context)));
  }

  private MpUnreach unreach(CodecContext context) {
    if (random.nextInt(2) == 0) {
      AddressFamily family = nlri.family();
      return new MpUnreach(family, some(3, () -> of(family, context)));
    }
    return random.nextInt(4) == 0
        ? new MpUnreach(new AddressFamily(25, 65), List.of(opaque()))
        : new MpUnreach(
            AddressFamily.IPV6_UNICAST, listOf(random.nextInt(20), () -> ipv6(context)));
  }

  /** Confederations stay at the head and small: elsewhere RFC 6793 §4.2.3 does not keep them. */
  private AsPath path(CodecContext context) {
    List<Segment> segments = new ArrayList<>();
    if (!context.external() && random.nextInt(4) == 0) {
      segments.add(new Segment(SegmentType.AS_CONFED_SEQUENCE, some(3, () -> 64512L)));
    }
    for (int left = random.nextInt(3); left > 0; left--) {
      SegmentType type = random.nextInt(4) == 0 ? SegmentType.AS_SET : SegmentType.AS_SEQUENCE;
      segments.add(new Segment(type, some(random.nextInt(20) == 0 ? 255 : 6, this::asn)));
    }
    return new AsPath(segments);
  }

  private long asn() {
    return Math.max(1, border(random.nextBoolean() ? 0xFFFF : Asn.MAX));
  }

  private LargeCommunity largeCommunity() {
    return new LargeCommunity(border(0xFFFF_FFFFL), border(0xFFFF_FFFFL), border(0xFFFF_FFFFL));
  }

  private AddressFamily anyFamily() {
    return switch (random.nextInt(3)) {
      case 0 -> AddressFamily.IPV4_UNICAST;
      case 1 -> AddressFamily.IPV6_UNICAST;
      default -> new AddressFamily((int) border(0xFFFF), (int) border(0xFF));
    };
  }

  private Nlri ipv4(CodecContext context) {
    int length = (int) border(32);
    Prefix prefix = new Prefix(new Ipv4Address(random.nextInt()).masked(length), length);
    return identified(AddressFamily.IPV4_UNICAST, prefix, context);
  }

  private Nlri ipv6(CodecContext context) {
    int length = (int) border(128);
    IpAddress address = new Ipv6Address(random.nextLong(), random.nextLong());
    Prefix prefix = new Prefix(address.masked(length), length);
    return identified(AddressFamily.IPV6_UNICAST, prefix, context);
  }

  private Nlri of(AddressFamily family, CodecContext context) {
    return identified(family, nlri.of(family), context);
  }

  private Nlri identified(AddressFamily family, Nlri one, CodecContext context) {
    return context.sent().pathIdentifiers().contains(family)
        ? new PathNlri(border(0xFFFF_FFFFL), one)
        : one;
  }

  private OpaqueNlri opaque() {
    return new OpaqueNlri(bytes(1 + random.nextInt(40)));
  }

  private Bytes bytes(int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return Bytes.of(octets);
  }

  private long border(long max) {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> max;
      case 2 -> 1;
      case 3 -> max - 1;
      default -> Math.floorMod(random.nextLong(), max + 1);
    };
  }

  private <T> List<T> some(int max, Supplier<? extends T> one) {
    return listOf(1 + random.nextInt(max), one);
  }

  private static <T> List<T> listOf(int count, Supplier<? extends T> one) {
    List<T> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(one.get());
    }
    return list;
  }
}
