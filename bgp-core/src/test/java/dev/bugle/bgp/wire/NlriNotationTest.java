package dev.bugle.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.nlri.EthernetSegmentId;
import dev.bugle.bgp.wire.nlri.EvpnAutoDiscovery;
import dev.bugle.bgp.wire.nlri.EvpnInclusiveMulticast;
import dev.bugle.bgp.wire.nlri.EvpnLabel;
import dev.bugle.bgp.wire.nlri.EvpnMacIp;
import dev.bugle.bgp.wire.nlri.EvpnRoute;
import dev.bugle.bgp.wire.nlri.EvpnUnknownRoute;
import dev.bugle.bgp.wire.nlri.Families;
import dev.bugle.bgp.wire.nlri.FlowComponentType;
import dev.bugle.bgp.wire.nlri.FlowMatch;
import dev.bugle.bgp.wire.nlri.FlowMatches;
import dev.bugle.bgp.wire.nlri.FlowSpec;
import dev.bugle.bgp.wire.nlri.LabelStack;
import dev.bugle.bgp.wire.nlri.LabelledPrefix;
import dev.bugle.bgp.wire.nlri.RouteDistinguisher;
import dev.bugle.bgp.wire.nlri.RouteTargetMembership;
import dev.bugle.bgp.wire.nlri.VpnFlowSpec;
import dev.bugle.bgp.wire.nlri.VpnPrefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NLRI are parsed as they are printed, and a wrong text is told where it is wrong. */
class NlriNotationTest {

  private static Function<String, Nlri> parser(AddressFamily family) {
    return switch (family.safi()) {
      case 4 -> LabelledPrefix::parse;
      case 128 -> VpnPrefix::parse;
      case 132 -> RouteTargetMembership::parse;
      case 133 -> FlowSpec::parse;
      case 134 -> VpnFlowSpec::parse;
      case 70 -> EvpnRoute::parse;
      default -> Prefix::parse;
    };
  }

  @Test
  void everyNlriIsParsedAsItIsPrinted() {
    for (long seed = 0; seed < 20_000; seed++) {
      RandomNlri random = new RandomNlri(new Random(seed));
      AddressFamily family = random.family();
      Nlri nlri = random.of(family);
      assertThat(parser(family).apply(nlri.toString())).as("seed %d", seed).isEqualTo(nlri);
    }
  }

  @Test
  void everyNlriTakesTheOctetsThatItSays() {
    for (long seed = 0; seed < 5_000; seed++) {
      RandomNlri random = new RandomNlri(new Random(seed));
      AddressFamily family = random.family();
      Nlri nlri = random.of(family);
      ByteBuf out = Unpooled.buffer();
      Families.ALL.encode(family, List.of(nlri), out, WireVector.CONTEXT);
      assertThat(out.readableBytes())
          .as("seed %d", seed)
          .isEqualTo(Families.ALL.encodedLength(family, nlri, WireVector.CONTEXT));
    }
  }

  @Test
  void anNlriOfAnotherFamilyIsRefused() {
    Nlri ipv6 = LabelledPrefix.parse("2001:db8::/32 label 7");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Families.ALL.encode(
                    AddressFamily.IPV4_LABELLED_UNICAST,
                    List.of(ipv6),
                    Unpooled.buffer(),
                    WireVector.CONTEXT))
        .withMessage("2001:db8::/32 label 7 is no NLRI of ipv4-labelled-unicast");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.0/24 | column 15 of '203.0.113.0/24': expected 'label', found the end",
        "203.0.113.0/24 label | column 21 of '203.0.113.0/24 label': expected labels like 100/200,"
            + " found the end",
        "203.0.113.0/24 label x | column 22 of '203.0.113.0/24 label x': expected labels like"
            + " 100/200, found 'x': 'x' is not a number of 0 to 1048575",
        "203.0.113.0/24 label 7 8 | column 24 of '203.0.113.0/24 label 7 8': expected the end,"
            + " found '8'"
      })
  void aWrongLabelledPrefixIsToldWhere(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelledPrefix.parse(text))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flow5 port =80 | column 1 of 'flow5 port =80': expected 'flow4' or 'flow6', found 'flow5'",
        "flow4 prot =6 | column 7 of 'flow4 prot =6': expected a component like destination or"
            + " port, found 'prot': there is no component of this name",
        "flow4 port 80 | column 12 of 'flow4 port 80': expected comparisons, found '80': '80' is no"
            + " comparison of port; write it like =80 or >=8000&<=8080",
        "flow4 port =80&& | column 12 of 'flow4 port =80&&': expected comparisons, found '=80&&':"
            + " '' is no comparison of port; write it like =80 or >=8000&<=8080",
        "flow4 tcp-flags =SYM | column 17 of 'flow4 tcp-flags =SYM': expected comparisons, found"
            + " '=SYM': 'SYM' is none of FIN, SYN, RST, PSH, ACK, URG, ECE, CWR",
        "flow4 dscp =300 | column 12 of 'flow4 dscp =300': expected comparisons, found '=300': dscp"
            + " is compared with 1 octets at most, not 2",
        "flow4 flow-label =1 | flow-label =1 has no place in a flow specification of IPv4",
        "flow4 port =80 protocol =6 | protocol is out of order, or there twice; the order is that"
            + " of the types"
      })
  void aWrongFlowSpecificationIsToldWhere(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlowSpec.parse(text))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mac 65001:1 | column 1 of 'mac 65001:1': expected one of auto-discovery, mac-ip,"
            + " multicast, segment, prefix, route-type, found 'mac'",
        "multicast 65001:1 ip 192.0.2.1 | column 19 of 'multicast 65001:1 ip 192.0.2.1': expected"
            + " 'tag', found 'ip'",
        "segment 65001 esi 0 ip 192.0.2.1 | column 9 of 'segment 65001 esi 0 ip 192.0.2.1':"
            + " expected a route distinguisher like 65001:100, found '65001': '65001' is not a"
            + " route distinguisher; write it like 65001:100, 192.0.2.1:100 or 4200000001:100"
      })
  void aWrongEvpnRouteIsToldWhere(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EvpnRoute.parse(text))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "65001:4294967296",
    "192.0.2.1:65536",
    "4200000001:65536",
    "4294967296:1",
    "65001",
    "65001:",
    ":1",
    "65001L:65536"
  })
  void aWrongRouteDistinguisherIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> RouteDistinguisher.parse(text));
  }

  @Test
  void familiesAreParsedAsTheyArePrinted() {
    for (AddressFamily family : RandomNlri.FAMILIES) {
      assertThat(AddressFamily.parse(family.toString())).isEqualTo(family);
      assertThat(AddressFamily.parse(family.afi() + "/" + family.safi())).isEqualTo(family);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AddressFamily.parse("ipv4"))
        .withMessage(
            "'ipv4' is no address family; write it like ipv4-unicast, or 1/128 in numbers");
  }

  @Test
  void aLabelStackEndsOnce() {
    assertThat(LabelStack.of(100, 200).labels()).containsExactly(100, 200);
    assertThatIllegalArgumentException().isThrownBy(LabelStack::of);
    assertThatIllegalArgumentException().isThrownBy(() -> LabelStack.of(0x100000));
    assertThatIllegalArgumentException().isThrownBy(() -> new LabelStack(List.of(0x11, 0x11)));
    assertThatIllegalArgumentException().isThrownBy(() -> new LabelStack(List.of(0x10)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new LabelledPrefix(Prefix.parse("::1/128"), LabelStack.of(1, 2, 3, 4, 5, 6)));
  }

  @Test
  void aFlowSpecificationTakesTwoOctetsOfLengthFrom240On() { // RFC 8955 §4.1
    assertLength(119, 239, "ef05");
    assertLength(120, 241, "f0f1");
    assertLength(2046, 4093, "fffd");
    assertLength(2047, 4095, "ffff");
    assertThatIllegalArgumentException().isThrownBy(() -> ports(2048));
  }

  private static void assertLength(int comparisons, int length, String begin) {
    ByteBuf out = Unpooled.buffer();
    FlowSpec flow = ports(comparisons);
    Families.ALL.encode(AddressFamily.IPV4_FLOWSPEC, List.of(flow), out, WireVector.CONTEXT);
    assertThat(out.readableBytes()).isEqualTo(length + (length < 240 ? 1 : 2));
    assertThat(Bytes.read(out.duplicate(), 2)).isEqualTo(Bytes.hex(begin));
    assertThat(Families.ALL.decode(AddressFamily.IPV4_FLOWSPEC, out, WireVector.CONTEXT))
        .containsExactly(flow);
  }

  private static FlowSpec ports(int comparisons) {
    FlowMatch match = FlowMatch.of(false, FlowMatch.EQUAL, 80);
    return new FlowSpec(
        true,
        List.of(
            new FlowMatches(
                FlowComponentType.DESTINATION_PORT, Collections.nCopies(comparisons, match))));
  }

  @ParameterizedTest
  @CsvSource({
    "0, single-homed",
    "00:01:02:03:04:05:06:07:08:09, by the operator",
    "01:02:00:5e:00:53:01:00:07:00, LACP 02:00:5e:00:53:01 key 7",
    "02:02:00:5e:00:53:01:80:00:00, bridge 02:00:5e:00:53:01 root priority 32768",
    "03:02:00:5e:00:53:01:00:00:07, MAC 02:00:5e:00:53:01 discriminator 7",
    "04:c0:00:02:01:00:00:00:07:00, router 192.0.2.1 discriminator 7",
    "05:00:00:fd:e9:00:00:00:07:00, AS 65001 discriminator 7",
    "06:00:00:00:00:00:00:00:00:00, type 6"
  })
  void anEthernetSegmentSaysHowItWasMade(String text, String description) {
    assertThat(EthernetSegmentId.parse(text)).hasToString(text);
    assertThat(EthernetSegmentId.parse(text).description()).isEqualTo(description);
  }

  @Test
  void aLabelFieldIsAnMplsLabelOrAVni() {
    assertThat(EvpnLabel.ofMpls(100).mplsLabel()).isEqualTo(100);
    assertThat(EvpnLabel.ofMpls(100).bits()).isEqualTo(1601);
    assertThat(new EvpnLabel(0xFFFFFF).vni()).isEqualTo(16777215);
  }

  @Test
  void anNlriIsOfItsFamilyAlone() {
    for (AddressFamily family : RandomNlri.FAMILIES) {
      Nlri nlri = new RandomNlri(new Random(1)).of(family);
      for (AddressFamily other : RandomNlri.FAMILIES) {
        boolean belongs =
            other.equals(family)
                || (nlri instanceof Prefix && other.afi() == family.afi() && other.safi() <= 2);
        if (!belongs && other.afi() < 16384) { // of an unknown family, octets are all that is known
          assertThatIllegalArgumentException()
              .as("%s as %s", nlri, other)
              .isThrownBy(
                  () ->
                      Families.ALL.encode(
                          other, List.of(nlri), Unpooled.buffer(), WireVector.CONTEXT));
        }
      }
    }
  }

  /** RFC 8956 §3.1: the pattern begins with the bit after the offset. */
  @ParameterizedTest
  @CsvSource({
    "0:0:0:1234:5678:9abc:def0:1200/48-120, 0c 01 78 30 123456789abcdef012",
    "123:4567:89ab:cdef:123:4567:89ab:cdef/4-128, 13 01 80 04 123456789abcdef0123456789abcdef0",
    "::1234:5678:9abc:def0/64-128, 0b 01 80 40 123456789abcdef0",
    "::1:0/65-112, 09 01 70 41 000000000002"
  })
  void aFlowPrefixIsShiftedByItsOffset(String prefix, String octets) {
    FlowSpec flow = FlowSpec.parse("flow6 destination " + prefix);
    ByteBuf out = Unpooled.buffer();
    Families.ALL.encode(AddressFamily.IPV6_FLOWSPEC, List.of(flow), out, WireVector.CONTEXT);
    assertThat(Bytes.readAll(out.duplicate())).isEqualTo(Bytes.hex(octets.replace(" ", "")));
    assertThat(Families.ALL.decode(AddressFamily.IPV6_FLOWSPEC, out, WireVector.CONTEXT))
        .containsExactly(flow);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flow6 destination ::/32-32",
        "flow6 destination ::/33-32",
        "flow6 destination 2001:db8::/3-32",
        "flow6 destination 203.0.113.0/24",
        "flow4 destination 0.0.0.1/8-32",
        "flow4 destination ::/0",
        "flow4 port =80 port =81"
      })
  void aFlowSpecificationThatCannotBeIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> FlowSpec.parse(text));
  }

  @Test
  void blanksBetweenAndAroundWordsAreOfNoConsequence() {
    assertThat(FlowSpec.parse("  flow4   port =80 ")).isEqualTo(FlowSpec.parse("flow4 port =80"));
  }

  @Test
  void aRouteTargetMembershipHasNothingBehindItsLength() {
    assertThat(new RouteTargetMembership(33, 65001, 1L << 63).length()).isEqualTo(33);
    for (int length : new int[] {0, 32, 33}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new RouteTargetMembership(length, 0, 1L << 62));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new RouteTargetMembership(31, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new RouteTargetMembership(97, 0, 0));
  }

  @Test
  void labelsDistinguisherAndPrefixAreCountedInOneOctet() {
    String host = "65001:7:2001:db8::1/128 label 1/2"; // 48 + 64 + 128 bits
    assertThat(VpnPrefix.parse(host)).hasToString(host);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VpnPrefix.parse(host + "/3"))
        .withMessageContaining("264 bits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auto-discovery 65001:1 esi 0 tag 1 label 0",
        "mac-ip 65001:100 esi 0 tag 0 mac 02:00:5e:00:53:01 ip ::1 label 100",
        "multicast 192.0.2.1:7 tag 5 ip 192.0.2.1",
        "segment 65001:7 esi 0 ip 2001:db8::1",
        "prefix 65001:100 esi 0 tag 0 203.0.113.7/32 label 100",
        "prefix 65001:100 esi 0 tag 0 2001:db8::7/128 gateway ::1 label 100"
      })
  void anEvpnRouteIsReadWholeAndIsAFaultWhereverItIsCut(String text) {
    ByteBuf whole = Unpooled.buffer();
    EvpnRoute route = EvpnRoute.parse(text);
    Families.ALL.encode(AddressFamily.EVPN, List.of(route), whole, WireVector.CONTEXT);
    assertThat(Families.ALL.decode(AddressFamily.EVPN, whole.duplicate(), WireVector.CONTEXT))
        .containsExactly(route);
    for (int length = 0; length < whole.readableBytes() - 2; length++) {
      ByteBuf cut = whole.copy(0, 2 + length).setByte(1, length);
      assertThatThrownBy(() -> Families.ALL.decode(AddressFamily.EVPN, cut, WireVector.CONTEXT))
          .as("%d octets", length)
          .isInstanceOf(BgpException.class);
    }
  }

  @Test
  void onlyAnUnknownRouteTypeIsUnknown() {
    for (int type : new int[] {0, 6, 255}) {
      assertThat(new EvpnUnknownRoute(type, Bytes.of(new byte[255])).type()).isEqualTo(type);
    }
    for (int type : new int[] {-1, 1, 5, 256}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new EvpnUnknownRoute(type, Bytes.EMPTY));
    }
  }

  @Test
  void anEthernetTagHas32Bits() {
    EvpnMacIp route =
        (EvpnMacIp) EvpnRoute.parse("mac-ip 65001:1 esi 0 tag 0 mac 02:00:5e:00:53:01 label 1");
    for (long tag : new long[] {-1, 0x1_0000_0000L}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new EvpnMacIp(
                      route.distinguisher(),
                      route.segment(),
                      tag,
                      route.mac(),
                      route.ip(),
                      route.labels()))
          .withMessage("Ethernet tag " + tag + " is not in 0 to 4294967295");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new EvpnAutoDiscovery(
                      route.distinguisher(), route.segment(), tag, EvpnLabel.ofMpls(1)));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new EvpnInclusiveMulticast(
                      route.distinguisher(), tag, IpAddress.parse("192.0.2.1")));
    }
  }
}
