package dev.bugle.bgp.wire.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.attribute.AsPath.Segment;
import dev.bugle.bgp.wire.attribute.AsPath.SegmentType;
import dev.bugle.bgp.wire.attribute.TunnelEncapsulation.Tunnel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The least and the greatest that each attribute can be, and what is just beyond. */
class AttributeBoundsTest {

  private static final CodecContext CONTEXT = CodecContext.INITIAL.withFourOctetAs(true);
  private static final Ipv6Address GLOBAL = (Ipv6Address) IpAddress.parse("2001:db8::1");
  private static final Ipv6Address LINK_LOCAL = (Ipv6Address) IpAddress.parse("fe80::1");

  private static Bytes octets(int count) {
    return Bytes.of(new byte[count]);
  }

  /** RFC 6514 §5, RFC 8556 §2; the others are open. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "1, 12, 11",
    "1, 24, 23",
    "3, 8, 7",
    "4, 32, 33",
    "5, 8, 9",
    "6, 4, 5",
    "6, 16, 15",
    "10, 16, 17",
    "11, 7, 8",
    "11, 19, 18",
    "8, 65530, 65531",
    "255, 0, 65531",
  })
  void aTunnelIdentifierHasTheLengthsOfItsType(int type, int right, int wrong) {
    PmsiTunnel tunnel = new PmsiTunnel(0, type, 0, octets(right));
    assertThat(tunnel.tunnelIdentifier().length()).isEqualTo(right);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PmsiTunnel(0, type, 0, octets(wrong)));
    ByteBuf value = Unpooled.buffer().writeByte(0).writeByte(type).writeMedium(0).writeZero(wrong);
    assertThatExceptionOfType(BgpException.class)
        .isThrownBy(() -> PmsiTunnel.decode(value, CONTEXT));
  }

  @Test
  void theFieldsOfATunnelHaveTheirRanges() {
    assertThat(new PmsiTunnel(255, 255, 0xFF_FFFF, Bytes.EMPTY).label()).isEqualTo(0xFF_FFFF);
    for (int[] wrong :
        new int[][] {
          {-1, 0, 0}, {256, 0, 0}, {0, -1, 0}, {0, 256, 0}, {0, 0, -1}, {0, 0, 1 << 24}
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new PmsiTunnel(wrong[0], wrong[1], wrong[2], Bytes.EMPTY));
    }
  }

  /** Type, address family, length of an address, the address, length of what follows, that. */
  @ParameterizedTest
  @CsvSource({
    "060001040a0000010000, true",
    "060001040a000001000107, true",
    "06000100 0000, true",
    "060001040a00000100, false", // half of a length
    "060001040a000001, false",
    "060001040a0000010001, false", // nothing of what should follow
    "060001040a00000100020708ff, false",
    "0600010000, false",
    "'', false",
  })
  void anMldpTreeIsOneForwardingClass(String octets, boolean isOne) { // RFC 6388 §2.2
    Bytes identifier = hex(octets);
    for (int type : new int[] {2, 7}) {
      if (isOne) {
        assertThat(new PmsiTunnel(0, type, 0, identifier).tunnelIdentifier()).isEqualTo(identifier);
      } else {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new PmsiTunnel(0, type, 0, identifier));
      }
    }
  }

  @Test
  void anMldpTreeMayHaveMoreThan255OctetsOfItsOwn() {
    ByteBuf octets = Unpooled.buffer().writeInt(0x06000100).writeShort(0x0102).writeZero(0x0102);
    assertThat(new PmsiTunnel(0, 2, 0, Bytes.readAll(octets)).tunnelIdentifier().length())
        .isEqualTo(6 + 0x0102);
  }

  @Test
  void anAsPathEndsWithAWholeSegment() {
    assertThat(pathFaults("0201")).contains("AS_PATH");
    assertThat(pathFaults("02")).contains("inside a segment header");
    assertThat(pathFaults("0200")).contains("segment of length 0");
    assertThat(pathFaults("0202 0000fde9 0000fd")).contains("needs 8 octets");
    assertThat(AsPath.decode(buffer("0202 0000fde9 0000fdea"), CONTEXT))
        .isEqualTo(AsPath.sequence(65001L, 65002L));
    assertThat(AsPath.decode(buffer("0202 fde9 fdea"), CodecContext.INITIAL))
        .isEqualTo(AsPath.sequence(65001L, 65002L));
  }

  private static String pathFaults(String octets) {
    try {
      return "no fault, but " + AsPath.decode(buffer(octets), CONTEXT);
    } catch (BgpException fault) {
      return fault.getMessage();
    }
  }

  private static Bytes hex(String octets) {
    return Bytes.hex(octets.replace(" ", ""));
  }

  private static ByteBuf buffer(String octets) {
    return Unpooled.wrappedBuffer(hex(octets).toArray());
  }

  @Test
  void aPathRepeatsItsNearestAs() {
    assertThat(AsPath.sequence(65001L, 65002L).repeat(2))
        .isEqualTo(AsPath.sequence(65001L, 65001L, 65001L, 65002L));
    assertThat(AsPath.EMPTY.repeat(2)).isEqualTo(AsPath.EMPTY);
    AsPath set = new AsPath(List.of(new Segment(SegmentType.AS_SET, List.of(65001L))));
    assertThat(set.repeat(2)).isSameAs(set);
  }

  @Test
  void aPathOfTextIsCutWhereASegmentIsFull() {
    for (int length : new int[] {255, 256, 510}) {
      String text = String.join(" ", Collections.nCopies(length, "65001"));
      AsPath path = AsPath.parse(text);
      assertThat(path.length()).isEqualTo(length);
      assertThat(path.segments()).hasSize((length + 254) / 255);
    }
  }

  @Test
  void aNextHopIsWhatItsFamilyHas() {
    MpReach ipv6 = MpReach.of(AddressFamily.IPV6_UNICAST, GLOBAL, LINK_LOCAL, List.of());
    assertThat(ipv6.nextHop().toString())
        .isEqualTo("20010db8000000000000000000000001fe800000000000000000000000000001");
    MpReach vpn = MpReach.of(AddressFamily.IPV6_VPN, GLOBAL, LINK_LOCAL, List.of());
    assertThat(vpn.nextHop().toString())
        .isEqualTo(
            "000000000000000020010db8000000000000000000000001"
                + "0000000000000000fe800000000000000000000000000001");
    assertThat(MpReach.of(AddressFamily.IPV4_VPN, new Ipv4Address(1), List.of()).nextHop().length())
        .isEqualTo(12);
  }

  @Test
  void aNextHopOfAnUnknownFamilyIsAnythingThatFitsItsField() {
    AddressFamily unknown = new AddressFamily(99, 99);
    for (int length : new int[] {0, 63, 64, 255}) {
      assertThat(new MpReach(unknown, octets(length), List.of()).nextHop().length())
          .isEqualTo(length);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MpReach(unknown, octets(256), List.of()));
    assertThatIllegalArgumentException() // 68 is 4 more than the bits of a long
        .isThrownBy(() -> new MpReach(AddressFamily.IPV4_UNICAST, octets(68), List.of()));
  }

  @Test
  void reachableDestinationsMayBeNoneButTheirHeaderIsWhole() { // RFC 4760 §3
    assertThat(MpReach.decode(buffer("0063 63 00 00"), CONTEXT).nlri()).isEmpty();
    for (String cut : new String[] {"0063 63 00", "0063 63 01 00"}) {
      assertThatExceptionOfType(BgpException.class)
          .isThrownBy(() -> MpReach.decode(buffer(cut), CONTEXT));
    }
  }

  @Test
  void anAccumulatedMetricGrowsUpToItsLimit() { // RFC 7311 §3.4.3
    assertThat(Aigp.of(10).increasedBy(0)).hasValue(Aigp.of(10));
    assertThat(Aigp.of(10).increasedBy(5)).hasValue(Aigp.of(15));
    assertThat(Aigp.of(-3).increasedBy(1)).hasValue(Aigp.of(-2));
    assertThat(Aigp.of(-3).increasedBy(2)).isEmpty(); // the largest stands for none
    assertThat(Aigp.of(-3).increasedBy(3)).isEmpty();
    assertThat(Aigp.of(-3).increasedBy(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void onlyTheFirstMetricGrowsAndWhatHasNoneStays() {
    Aigp.Tlv other = new Aigp.Tlv(2, octets(1));
    Aigp.Tlv ten = Aigp.of(10).tlvs().get(0);
    assertThat(new Aigp(List.of(other, ten, ten)).increasedBy(1))
        .hasValue(new Aigp(List.of(other, Aigp.of(11).tlvs().get(0), ten)));
    Aigp without = new Aigp(List.of(other));
    assertThat(without.increasedBy(7)).hasValue(without);
  }

  @Test
  void aTlvBehindTheMetricIsReadFromItsOwnBeginning() {
    assertThat(Aigp.decode(buffer("01000b 0000000000000007 020004 aa"), CONTEXT).tlvs())
        .containsExactly(Aigp.of(7).tlvs().get(0), new Aigp.Tlv(2, hex("aa")));
  }

  @Test
  void anOldSpeakersPathIsJoinedAtItsSets() { // RFC 6793 §4.2.3, a set counts one
    Segment set = new Segment(SegmentType.AS_SET, List.of(7L, 8L));
    Segment trans = new Segment(SegmentType.AS_SEQUENCE, List.of((long) Asn.AS_TRANS));
    Segment truth = new Segment(SegmentType.AS_SEQUENCE, List.of(4200000001L));
    PathAttributes received =
        PathAttributes.of(new AsPath(List.of(set, trans)), new As4Path(List.of(truth)));
    assertThat(OldSpeaker.fromWire(received).get(AsPath.class))
        .hasValue(new AsPath(List.of(set, truth)));
  }

  @Test
  void whereTheJoinedPathsWouldNotFitOneSegmentTheyStayTwo() {
    for (int leading : new int[] {1, 2}) {
      List<Long> rest = LongStream.rangeClosed(1, 254).boxed().toList();
      List<Segment> companion = List.of(new Segment(SegmentType.AS_SEQUENCE, rest));
      List<Long> first = Collections.nCopies(leading, 65001L);
      AsPath path =
          new AsPath(
              List.of(
                  new Segment(SegmentType.AS_SEQUENCE, first),
                  new Segment(SegmentType.AS_SEQUENCE, Collections.nCopies(254, 23456L))));
      AsPath joined =
          OldSpeaker.fromWire(PathAttributes.of(path, new As4Path(companion)))
              .get(AsPath.class)
              .orElseThrow();
      assertThat(joined.length()).isEqualTo(254 + leading);
      assertThat(joined.segments()).hasSize(leading);
    }
  }

  /** Those of 64 and more are remembered elsewhere than those below. */
  @Test
  void noTypeCodeIsTakenForAnother() {
    ByteBuf field = Unpooled.buffer();
    int[] codes = IntStream.of(42, 63, 64, 66, 106, 130, 194, 255).toArray();
    for (int code : codes) {
      field.writeByte(0xC0).writeByte(code).writeByte(1).writeByte(code);
    }
    AttributeDecoder.Decoded decoded = AttributeDecoder.decode(field, CONTEXT);
    assertThat(decoded.faults()).isEmpty();
    assertThat(decoded.attributes()).hasSize(codes.length);
    for (int twice : new int[] {63, 64, 255}) {
      ByteBuf again = Unpooled.buffer();
      again.writeInt(0xC0000100 | twice << 16).writeInt(0xC0000101 | twice << 16);
      assertThat(AttributeDecoder.decode(again, CONTEXT).attributes())
          .as("the first of two of type %d stays", twice)
          .containsExactly(
              new UnknownAttribute(AttributeFlags.OPTIONAL_TRANSITIVE, twice, octets(1)));
    }
  }

  @Test
  void attributesArePutInOrderHoweverTheyCome() {
    ByteBuf field = Unpooled.buffer();
    for (int code = 255; code >= 200; code--) {
      field.writeByte(0xC0).writeByte(code).writeByte(0);
    }
    PathAttributes attributes = AttributeDecoder.decode(field, CONTEXT).attributes();
    assertThat(attributes)
        .extracting(PathAttribute::typeCode)
        .isEqualTo(IntStream.rangeClosed(200, 255).boxed().toList());
    assertThat(attributes.without(200)).hasSize(55).first().isNotEqualTo(unknown(200));
    assertThat(attributes.without(255)).hasSize(55).last().isEqualTo(unknown(254));
    assertThat(attributes.without(230))
        .extracting(PathAttribute::typeCode)
        .contains(229, 231)
        .doesNotContain(230);
    assertThat(attributes.without(230).flagsOf(255)).hasValue(AttributeFlags.OPTIONAL_TRANSITIVE);
  }

  private static UnknownAttribute unknown(int code) {
    return new UnknownAttribute(AttributeFlags.OPTIONAL_TRANSITIVE, code, Bytes.EMPTY);
  }

  @Test
  void aSubTlvHasTwoOctetsOfLengthFrom128On() { // RFC 9012 §2
    for (int type : new int[] {127, 128, 255}) {
      TunnelEncapsulation attribute =
          new TunnelEncapsulation(
              List.of(new Tunnel(0, List.of(new TunnelSubTlv.Other(type, octets(2))))));
      ByteBuf out = Unpooled.buffer();
      attribute.encodeValue(out, CONTEXT);
      assertThat(out.readableBytes()).isEqualTo(type < 128 ? 8 : 9);
      assertThat(TunnelEncapsulation.decode(out, CONTEXT)).isEqualTo(attribute);
    }
    for (int type : new int[] {0, 0xFFFF}) {
      assertThat(new Tunnel(type, List.of()).type()).isEqualTo(type);
    }
    for (int type : new int[] {-1, 0x10000}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Tunnel(type, List.of()));
    }
  }

  @Test
  void theAsOfACustomerIsAnyAs() {
    for (long asn : new long[] {0, Asn.MAX}) {
      assertThat(new AttrSet(asn, Bytes.EMPTY).originAs()).isEqualTo(asn);
    }
    for (long asn : new long[] {-1, Asn.MAX + 1}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new AttrSet(asn, Bytes.EMPTY));
    }
  }

  @Test
  void flagsSayWhatTheyAre() {
    assertThat(new AttributeFlags(0x9F)).hasToString("optional non-transitive");
    assertThat(new AttributeFlags(0xE0)).hasToString("optional transitive partial");
    assertThat(new AttributeFlags(0x40)).hasToString("well-known");
    assertThat(new AttributeFlags(0x00)).hasToString("well-known non-transitive");
    assertThat(new AttributeFlags(0xFF)).isEqualTo(AttributeFlags.of(0xE0));
  }

  /** Each number field: what holds its greatest value, and what is given the next one. */
  @Test
  void numbersFillTheirFieldsAndNoMore() {
    long u32 = 0xFFFF_FFFFL;
    assertThat(new MultiExitDisc(u32).value()).isEqualTo(u32);
    assertThat(new OnlyToCustomer(u32).asn()).isEqualTo(u32);
    assertThat(new PrefixSid.LabelIndex(0xFFFF, u32).index()).isEqualTo(u32);
    assertThat(new PrefixSid.Range(0xFF_FFFF, 0xFF_FFFF).size()).isEqualTo(0xFF_FFFF);
    List<PrefixSid.Range> ranges = List.of(new PrefixSid.Range(0, 0));
    assertThat(new PrefixSid.OriginatorSrgb(0xFFFF, ranges).ranges()).hasSize(1);
    assertThat(new TunnelSubTlv.Color(0xFFFF, u32).color()).isEqualTo(u32);
    assertThat(new TunnelSubTlv.ProtocolType(0xFFFF).etherType()).isEqualTo(0xFFFF);
    assertThat(new TunnelSubTlv.UdpDestinationPort(0xFFFF).port()).isEqualTo(0xFFFF);
    assertThat(new TunnelSubTlv.Other(127, octets(255)).value().length()).isEqualTo(255);
    assertThat(new TunnelSubTlv.Other(255, octets(0xFFFF)).value().length()).isEqualTo(0xFFFF);
    assertThat(new TunnelSubTlv.Color(0, 0).color()).isZero();
    assertThat(new TunnelSubTlv.UdpDestinationPort(0).port()).isZero();
    assertThat(new TunnelSubTlv.ProtocolType(0).etherType()).isZero();
    assertThat(new TunnelSubTlv.Other(0, Bytes.EMPTY).type()).isZero();
    assertThat(new MultiExitDisc(0).value()).isZero();
    List<ThrowingCallable> beyond =
        List.of(
            () -> new MultiExitDisc(u32 + 1),
            () -> new MultiExitDisc(-1),
            () -> new OnlyToCustomer(u32 + 1),
            () -> new OnlyToCustomer(-1),
            () -> new PrefixSid.LabelIndex(0x1_0000, 0),
            () -> new PrefixSid.LabelIndex(0, u32 + 1),
            () -> new PrefixSid.OriginatorSrgb(0x1_0000, ranges),
            () -> new PrefixSid.OriginatorSrgb(0, List.of()),
            () -> new PrefixSid.Range(0, 0x100_0000),
            () -> new TunnelSubTlv.Color(0x1_0000, 0),
            () -> new TunnelSubTlv.Color(0, u32 + 1),
            () -> new TunnelSubTlv.Color(-1, 0),
            () -> new TunnelSubTlv.Color(0, -1),
            () -> new TunnelSubTlv.ProtocolType(0x1_0000),
            () -> new TunnelSubTlv.UdpDestinationPort(0x1_0000),
            () -> new TunnelSubTlv.UdpDestinationPort(-1),
            () -> new TunnelSubTlv.Other(127, octets(256)),
            () -> new TunnelSubTlv.Other(128, octets(0x1_0000)),
            () -> new TunnelSubTlv.Other(256, Bytes.EMPTY));
    beyond.forEach(making -> assertThatIllegalArgumentException().isThrownBy(making));
  }

  @Test
  void numbersOfAPathAreAListLikeAnyOther() {
    List<Long> packed = AsPath.sequence(65001L, 4200000001L).segments().get(0).asns();
    assertThat(packed.equals(List.of(65001L, 4200000001L))).isTrue();
    assertThat(packed.equals(List.of(65001L))).isFalse();
    assertThat(packed.equals(AsPath.sequence(65001L, 2L).segments().get(0).asns())).isFalse();
    assertThat(packed.contains(4200000001L)).isTrue();
    assertThat(packed.contains(65002L)).isFalse();
  }

  @Test
  void aCommunityBeginsWithANumber() {
    for (String text : new String[] {":1", "1:", ":", "1:2:3"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Community.parse(text));
    }
  }
}
