package dev.bugle.bgp.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Codecs;
import dev.bugle.bgp.wire.Direction;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.OpaqueNlri;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.AttributeFlags;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.MpUnreach;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.attribute.UnknownAttribute;
import dev.bugle.bgp.wire.nlri.Families;
import dev.bugle.bgp.wire.nlri.VpnPrefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpdatePackerTest {

  private static final AddressFamily IPV4 = AddressFamily.IPV4_UNICAST;
  private static final AddressFamily IPV6 = AddressFamily.IPV6_UNICAST;
  private static final Optional<IpAddress> HOP = Optional.of(IpAddress.parse("192.0.2.1"));
  private static final Optional<IpAddress> HOP6 = Optional.of(IpAddress.parse("2001:db8::1"));
  private static final PathAttributes ATTRIBUTES =
      PathAttributes.of(Origin.IGP, AsPath.sequence(65001L, 65002L));
  private static final CodecContext CONTEXT =
      CodecContext.INITIAL.withFourOctetAs(true).withCodecs(Codecs.of(Families.ALL));

  private static CodecContext identified(AddressFamily family) {
    return CONTEXT.withSent(Direction.INITIAL.withPathIdentifiers(Set.of(family)));
  }

  private static void add(UpdatePacker packer, Nlri nlri) {
    long identifier = nlri instanceof PathNlri path ? path.pathIdentifier() : 0;
    Nlri destination = nlri instanceof PathNlri path ? path.nlri() : nlri;
    if (destination instanceof Prefix prefix) {
      if (prefix.address() instanceof Ipv4Address v4) {
        packer.prefix(identifier, (long) v4.bits() << 32, 0, prefix.length());
      } else {
        Ipv6Address v6 = (Ipv6Address) prefix.address();
        packer.prefix(identifier, v6.high(), v6.low(), prefix.length());
      }
    } else {
      packer.nlri(identifier, destination);
    }
  }

  /** Reads the messages as the peer would, and frees the octets. */
  private static List<UpdateMessage> messages(List<PackedUpdates> packed, CodecContext context) {
    List<UpdateMessage> read = new ArrayList<>();
    for (PackedUpdates some : packed) {
      ByteBuf bytes = some.bytes();
      int before = read.size();
      int announced = 0;
      int withdrawn = 0;
      while (bytes.isReadable()) {
        UpdateMessage update =
            (UpdateMessage)
                MessageCodec.decodeNext(bytes, context.mirrored().withExternal(true)).orElseThrow();
        assertThat(update.faults()).isEmpty();
        for (List<Nlri> destinations : update.announced().values()) {
          announced += destinations.size();
        }
        for (List<Nlri> destinations : update.withdrawn().values()) {
          withdrawn += destinations.size();
        }
        read.add(update);
      }
      assertThat(some.messages()).isEqualTo(read.size() - before);
      assertThat(some.announced()).isEqualTo(announced);
      assertThat(some.withdrawn()).isEqualTo(withdrawn);
      some.release();
    }
    return read;
  }

  private static List<Nlri> randomPrefixes(Random random, int count, boolean ipv4) {
    List<Nlri> prefixes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = random.nextInt(ipv4 ? 33 : 129);
      IpAddress address =
          ipv4
              ? new Ipv4Address(random.nextInt())
              : new Ipv6Address(random.nextLong(), random.nextLong());
      prefixes.add(new Prefix(address.masked(length), length));
    }
    return prefixes;
  }

  @Test
  void oneMessageIsAsTheCodecWritesIt() {
    Prefix prefix = Prefix.parse("203.0.113.0/24");
    UpdatePacker packer = new UpdatePacker(IPV4, CONTEXT);
    packer.announce(AttributeBlock.of(IPV4, ATTRIBUTES, HOP, CONTEXT));
    add(packer, prefix);
    packer.withdraw();
    add(packer, Prefix.parse("198.51.100.0/25"));

    ByteBuf expected = Unpooled.buffer();
    PathAttributes whole = ATTRIBUTES.with(new NextHop((Ipv4Address) HOP.orElseThrow()));
    MessageCodec.encode(new UpdateMessage(List.of(), whole, List.of(prefix)), expected, CONTEXT);
    MessageCodec.encode(
        new UpdateMessage(
            List.of(Prefix.parse("198.51.100.0/25")), PathAttributes.EMPTY, List.of()),
        expected,
        CONTEXT);
    List<PackedUpdates> packed = packer.finish();
    assertThat(packed).hasSize(1);
    assertThat(packed.get(0).bytes()).isEqualTo(expected);
    packed.forEach(PackedUpdates::release);
  }

  @Test
  void aMultiprotocolMessageIsAsTheCodecWritesItHoweverLongItsAttributeIs() {
    for (int count : List.of(1, 13, 14, 15, 100)) {
      List<Nlri> prefixes = randomPrefixes(new Random(count), count, false);
      UpdatePacker packer = new UpdatePacker(IPV6, CONTEXT);
      packer.announce(AttributeBlock.of(IPV6, ATTRIBUTES, HOP6, CONTEXT));
      prefixes.forEach(prefix -> add(packer, prefix));
      packer.withdraw();
      prefixes.forEach(prefix -> add(packer, prefix));

      ByteBuf expected = Unpooled.buffer();
      MessageCodec.encode(
          new UpdateMessage(
              List.of(), ATTRIBUTES.with(MpReach.of(IPV6, HOP6, prefixes)), List.of()),
          expected,
          CONTEXT);
      MessageCodec.encode(
          new UpdateMessage(List.of(), PathAttributes.of(new MpUnreach(IPV6, prefixes)), List.of()),
          expected,
          CONTEXT);
      List<PackedUpdates> packed = packer.finish();
      assertThat(packed.get(0).bytes()).as("%d prefixes", count).isEqualTo(expected);
      packed.forEach(PackedUpdates::release);
    }
  }

  @Test
  void theLengthOfAnAttributeOf255OctetsIsOneOctetAndOf256Two() {
    // AFI, SAFI, next hop and its length, a reserved octet: 21; a host: 17; ::/0: 1.
    for (int shortest : List.of(13, 14)) {
      List<Nlri> prefixes = new ArrayList<>(randomHosts(13));
      for (int i = 0; i < shortest; i++) {
        prefixes.add(Prefix.parse("::/0"));
      }
      UpdatePacker packer = new UpdatePacker(IPV6, CONTEXT);
      packer.announce(AttributeBlock.of(IPV6, ATTRIBUTES, HOP6, CONTEXT));
      prefixes.forEach(prefix -> add(packer, prefix));

      ByteBuf expected = Unpooled.buffer();
      MessageCodec.encode(
          new UpdateMessage(
              List.of(), ATTRIBUTES.with(MpReach.of(IPV6, HOP6, prefixes)), List.of()),
          expected,
          CONTEXT);
      List<PackedUpdates> packed = packer.finish();
      assertThat(packed.get(0).bytes()).isEqualTo(expected);
      assertThat(expected.getUnsignedByte(23)).isEqualTo((short) (shortest == 13 ? 0x80 : 0x90));
      packed.forEach(PackedUpdates::release);
    }
  }

  private static List<Nlri> randomHosts(int count) {
    Random random = new Random(count);
    List<Nlri> hosts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hosts.add(new Prefix(new Ipv6Address(random.nextLong(), random.nextLong()), 128));
    }
    return hosts;
  }

  @Test
  void destinationsOfAnyKindAreAsTheCodecWritesThem() {
    AddressFamily vpn = AddressFamily.IPV4_VPN;
    AddressFamily unknown = new AddressFamily(16400, 1);
    destinationsAreAsTheCodecWritesThem(
        vpn,
        CONTEXT,
        List.of(
            VpnPrefix.parse("65001:7:203.0.113.0/24 label 100"),
            VpnPrefix.parse("65001:8:203.0.113.0/24 label 100")));
    destinationsAreAsTheCodecWritesThem(
        vpn,
        identified(vpn),
        List.of(
            new PathNlri(1, VpnPrefix.parse("65001:7:203.0.113.0/24 label 100")),
            new PathNlri(2, VpnPrefix.parse("65001:7:203.0.113.0/24 label 100"))));
    destinationsAreAsTheCodecWritesThem(
        unknown, CONTEXT, List.of(new OpaqueNlri(Bytes.ofInts(1, 2, 3))));
  }

  private static void destinationsAreAsTheCodecWritesThem(
      AddressFamily family, CodecContext context, List<Nlri> destinations) {
    UpdatePacker packer = new UpdatePacker(family, context);
    packer.announce(AttributeBlock.of(family, ATTRIBUTES, HOP, context));
    destinations.forEach(destination -> add(packer, destination));
    packer.withdraw();
    destinations.forEach(destination -> add(packer, destination));

    ByteBuf expected = Unpooled.buffer();
    MessageCodec.encode(
        new UpdateMessage(
            List.of(), ATTRIBUTES.with(MpReach.of(family, HOP, destinations)), List.of()),
        expected,
        context);
    MessageCodec.encode(
        new UpdateMessage(
            List.of(), PathAttributes.of(new MpUnreach(family, destinations)), List.of()),
        expected,
        context);
    List<PackedUpdates> packed = packer.finish();
    assertThat(packed.get(0).bytes()).as("%s", family).isEqualTo(expected);
    assertThat(packed.get(0).announced()).isEqualTo(destinations.size());
    assertThat(packed.get(0).withdrawn()).isEqualTo(destinations.size());
    packed.forEach(PackedUpdates::release);
  }

  @Test
  void manyDestinationsFillMessagesAndNoneIsLost() {
    long seed = 7;
    Random random = new Random(seed);
    for (AddressFamily family : List.of(IPV4, IPV6)) {
      for (CodecContext context :
          List.of(
              CONTEXT,
              identified(family),
              CONTEXT.withSent(Direction.INITIAL.withLongestMessage(65535)))) {
        boolean ipv4 = family.equals(IPV4);
        List<Nlri> prefixes = randomPrefixes(random, 20_000, ipv4);
        if (!context.sent().pathIdentifiers().isEmpty()) {
          prefixes.replaceAll(nlri -> new PathNlri(random.nextInt(1, 1 << 30), nlri));
        }
        UpdatePacker packer = new UpdatePacker(family, context);
        packer.announce(AttributeBlock.of(family, ATTRIBUTES, ipv4 ? HOP : HOP6, context));
        prefixes.forEach(prefix -> add(packer, prefix));
        packer.withdraw();
        prefixes.forEach(prefix -> add(packer, prefix));

        List<Nlri> announced = new ArrayList<>();
        List<Nlri> withdrawn = new ArrayList<>();
        List<PackedUpdates> pieces = packer.finish();
        int longest = context.sent().longestMessage();
        assertThat(pieces)
            .extracting(piece -> piece.bytes().readableBytes())
            .hasSizeGreaterThan(1)
            .allMatch(octets -> octets <= Math.max(1 << 16, 2 * longest));
        List<UpdateMessage> messages = messages(pieces, context);
        for (UpdateMessage update : messages) {
          update.announced().values().forEach(announced::addAll);
          update.withdrawn().values().forEach(withdrawn::addAll);
        }
        assertThat(announced).as("seed %d", seed).isEqualTo(prefixes);
        assertThat(withdrawn).as("seed %d", seed).isEqualTo(prefixes);
        int octets = 0;
        for (Nlri nlri : prefixes) {
          octets += context.nlriCodecs().encodedLength(family, nlri, context);
        }
        assertThat(messages).hasSizeLessThan(2 * octets / (longest - 120) + 4);
      }
    }
  }

  @Test
  void aMessageIsFilledToItsLastOctet() {
    for (AddressFamily family : List.of(IPV4, IPV6)) {
      boolean ipv4 = family.equals(IPV4);
      AttributeBlock block = AttributeBlock.of(family, ATTRIBUTES, ipv4 ? HOP : HOP6, CONTEXT);
      assertFilled(family, Optional.of(block), 4096 - block.messageLength());
      // Without attributes: the header, two lengths; the attribute's header, AFI and SAFI.
      assertFilled(family, Optional.empty(), 4096 - 23 - (ipv4 ? 0 : 4 + 3));
    }
  }

  private static void assertFilled(
      AddressFamily family, Optional<AttributeBlock> block, int octets) {
    int longest = family.equals(IPV4) ? 32 : 128;
    IpAddress zero = IpAddress.parse(family.equals(IPV4) ? "0.0.0.0" : "::");
    UpdatePacker packer = new UpdatePacker(family, CONTEXT);
    block.ifPresentOrElse(packer::announce, packer::withdraw);
    for (int left = octets; left > 0; ) {
      int length = Math.min(longest, (left - 1) * 8);
      add(packer, new Prefix(zero, length));
      left -= 1 + length / 8;
    }
    List<PackedUpdates> filled = packer.finish();
    assertThat(filled.get(0).octets()).as("%s", family).isEqualTo(4096);
    assertThat(messages(filled, CONTEXT)).hasSize(1);

    block.ifPresentOrElse(packer::announce, packer::withdraw);
    for (int left = octets + 1; left > 0; ) {
      int length = Math.min(longest, (left - 1) * 8);
      add(packer, new Prefix(zero, length));
      left -= 1 + length / 8;
    }
    assertThat(messages(packer.finish(), CONTEXT)).hasSize(2);
  }

  @Test
  void attributesMayLeaveRoomForOneDestinationAndNoLess() {
    for (AddressFamily family : List.of(IPV4, IPV6)) {
      Optional<IpAddress> hop = family.equals(IPV4) ? HOP : HOP6;
      int others = AttributeBlock.of(family, ATTRIBUTES, hop, CONTEXT).messageLength();
      int room = 4096 - others - 4; // the header of the unknown attribute
      Prefix all = Prefix.parse(family.equals(IPV4) ? "0.0.0.0/0" : "::/0");
      UpdatePacker packer = new UpdatePacker(family, CONTEXT);
      packer.announce(AttributeBlock.of(family, with(room - 1), hop, CONTEXT));
      add(packer, all);
      assertThat(messages(packer.finish(), CONTEXT)).hasSize(1);
      packer.announce(AttributeBlock.of(family, with(room), hop, CONTEXT));
      assertThatThrownBy(() -> add(packer, all))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("leave no room for a destination of 1 octets");
    }
  }

  private static PathAttributes with(int octets) {
    return ATTRIBUTES.with(
        new UnknownAttribute(AttributeFlags.OPTIONAL_TRANSITIVE, 200, Bytes.of(new byte[octets])));
  }

  @Test
  void whatIsAnnouncedDifferentlyStandsInDifferentMessages() {
    UpdatePacker packer = new UpdatePacker(IPV4, CONTEXT);
    PathAttributes other = ATTRIBUTES.with(new Communities(List.of(Community.parse("65001:7"))));
    packer.announce(AttributeBlock.of(IPV4, ATTRIBUTES, HOP, CONTEXT));
    add(packer, Prefix.parse("10.0.0.0/8"));
    packer.announce(AttributeBlock.of(IPV4, other, HOP, CONTEXT));
    add(packer, Prefix.parse("11.0.0.0/8"));

    List<UpdateMessage> messages = messages(packer.finish(), CONTEXT);
    assertThat(messages).hasSize(2);
    assertThat(messages.get(1).attributes().communities())
        .containsExactly(Community.parse("65001:7"));
    assertThat(packer.finish()).isEmpty();
  }

  @Test
  void anIpv6NextHopOfIpv4GoesWhereItWasAgreed() {
    assertThatThrownBy(() -> AttributeBlock.of(IPV4, ATTRIBUTES, HOP6, CONTEXT))
        .isInstanceOf(IllegalArgumentException.class);
    CodecContext agreed = CONTEXT.withSent(Direction.INITIAL.withExtendedNextHop(Set.of(IPV4)));
    UpdatePacker packer = new UpdatePacker(IPV4, agreed);
    packer.announce(AttributeBlock.of(IPV4, ATTRIBUTES, HOP6, agreed));
    add(packer, Prefix.parse("10.0.0.0/8"));

    UpdateMessage update = messages(packer.finish(), agreed).get(0);
    assertThat(update.announced().get(IPV4)).containsExactly(Prefix.parse("10.0.0.0/8"));
    assertThat(update.attributes().get(MpReach.class).flatMap(MpReach::nextHopAddress))
        .isEqualTo(HOP6);
  }

  @Test
  void attributesThatLeaveNoRoomAreRefusedAndTheNextAreNot() {
    List<Community> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(Community.parse("65001:" + i));
    }
    AttributeBlock large =
        AttributeBlock.of(IPV4, ATTRIBUTES.with(new Communities(many)), HOP, CONTEXT);
    assertThat(large.messageLength()).isGreaterThan(4000);
    UpdatePacker packer = new UpdatePacker(IPV4, CONTEXT);
    List<Community> tooMany = new ArrayList<>(many);
    tooMany.addAll(many.subList(0, 30));
    packer.announce(
        AttributeBlock.of(IPV4, ATTRIBUTES.with(new Communities(tooMany)), HOP, CONTEXT));
    assertThatThrownBy(() -> add(packer, Prefix.parse("10.1.2.3/32")))
        .isInstanceOf(IllegalArgumentException.class);
    packer.announce(large);
    add(packer, Prefix.parse("10.1.2.3/32"));

    assertThat(messages(packer.finish(), CONTEXT)).hasSize(1);
  }
}
