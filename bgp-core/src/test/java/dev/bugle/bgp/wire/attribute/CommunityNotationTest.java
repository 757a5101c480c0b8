package dev.bugle.bgp.wire.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three kinds of communities as operators type them. */
class CommunityNotationTest {

  @ParameterizedTest
  @CsvSource({
    "0:0, 00000000",
    "65001:100, fde90064",
    "65535:65535, ffffffff",
    "1:65535, 0001ffff",
    "65535:1, ffff0001",
    // IANA, BGP Well-known Communities
    "graceful-shutdown, ffff0000",
    "accept-own, ffff0001",
    "route-filter-translated-v4, ffff0002",
    "route-filter-v4, ffff0003",
    "route-filter-translated-v6, ffff0004",
    "route-filter-v6, ffff0005",
    "llgr-stale, ffff0006",
    "no-llgr, ffff0007",
    "accept-own-nexthop, ffff0008",
    "standby-pe, ffff0009",
    "blackhole, ffff029a",
    "no-export, ffffff01",
    "no-advertise, ffffff02",
    "no-export-subconfed, ffffff03",
    "no-peer, ffffff04"
  })
  void standardCommunitiesParse(String text, String hex) {
    Community community = Community.parse(text);
    assertThat(community.value()).isEqualTo(Integer.parseUnsignedInt(hex, 16));
    assertThat(Community.parse(community.toString())).isEqualTo(community);
    boolean isName = Character.isLetter(text.charAt(0));
    assertThat(community.toString().equals(text)).isEqualTo(isName || !"65535:1".equals(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO_EXPORT", "No-Export", "no_export", "65535:65281", "0065535:65281"})
  void wellKnownNamesAreReadInAnyCaseAndPrintedInOne(String text) {
    assertThat(Community.parse(text)).isEqualTo(Community.NO_EXPORT).hasToString("no-export");
  }

  @Test
  void theRegistrysSpellingOfNoPeerIsRead() {
    assertThat(Community.parse("NOPEER")).isEqualTo(Community.NO_PEER).hasToString("no-peer");
  }

  @ParameterizedTest
  @CsvSource({
    "'', write it like 65001:100",
    "65001, write it like 65001:100",
    "65001:, is not a number of 0 to 65535",
    ":100, is not a number of 0 to 65535",
    "65001:-1, is not a number of 0 to 65535",
    "65001:1e3, is not a number of 0 to 65535",
    "65001: 100, is not a number of 0 to 65535",
    "65536:1, larger numbers need a large community",
    "1:65536, larger numbers need a large community",
    "4294967296:1, larger numbers need a large community",
    "99999999999999999999:1, larger numbers need a large community",
    "65001:1:2, write it like 65001:100",
    "noexport, one of accept-own",
  })
  void whatIsNoStandardCommunityIsRefusedWithAdvice(String text, String advice) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Community.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining(advice);
  }

  @ParameterizedTest
  @CsvSource({
    "rt:65001:7, 0002fde900000007",
    "soo:65001:7, 0003fde900000007",
    "rt:0:0, 0002000000000000",
    "rt:65535:4294967295, 0002ffffffffffff",
    "rt:65536:65535, 020200010000ffff",
    "rt:4294967295:0, 0202ffffffff0000",
    "rt:65001L:7, 02020000fde90007",
    "rt:0L:65535, 020200000000ffff",
    "soo:192.0.2.1:65535, 0103c0000201ffff",
    "rt:0.0.0.0:0, 0102000000000000",
    // each kind of RFC 7153's registries that has a name
    "ospf-domain-id:192.0.2.1:512, 0105c00002010200",
    "ospf-router-id:192.0.2.1:0, 0107c00002010000",
    "source-as:65001:0, 0009fde900000000",
    "l2vpn-id:65001:7, 000afde900000007",
    "vrf-route-import:192.0.2.1:7, 010bc00002010007",
    "redirect:65001:100, 8008fde900000064",
    "redirect:192.0.2.1:100, 8108c00002010064",
    "redirect:65001L:100, 82080000fde90064",
    "link-bandwidth:65001:12500000, 4004fde94b3ebc20",
    "link-bandwidth:0:0.5, 400400003f000000",
    "link-bandwidth:65535:340282350000000000000000000000000000000, 4004ffff7f7fffff",
    "transitive-link-bandwidth:65001:0, 0004fde900000000",
    "traffic-rate-bytes:0:0, 8006000000000000",
    "traffic-rate-packets:65001:1000, 800cfde9447a0000",
    "traffic-action:none, 8007000000000000",
    "traffic-action:terminal, 8007000000000001",
    "traffic-action:sample, 8007000000000002",
    "'traffic-action:sample,terminal', 8007000000000003",
    "traffic-marking:0, 8009000000000000",
    "traffic-marking:63, 800900000000003f",
    "color:0, 030b000000000000",
    "color:01:100, 030b400000000064",
    "color:11:4294967295, 030bc000ffffffff",
    "encapsulation:vxlan, 030c000000000008",
    "encapsulation:65535, 030c00000000ffff",
    "default-gateway, 030d000000000000",
    "origin-validation:valid, 4300000000000000",
    "origin-validation:not-found, 4300000000000001",
    "origin-validation:invalid, 4300000000000002",
    "mac-mobility:0, 0600000000000000",
    "mac-mobility:sticky:4294967295, 06000100ffffffff",
    "esi-label:all-active:100, 0601000000000640",
    "esi-label:single-active:1048575, 0601010000fffff0",
    "es-import:02:00:5e:00:53:01, 060202005e005301",
    "router-mac:ff:ff:ff:ff:ff:ff, 0603ffffffffffff",
    // values that the notation of their kind cannot tell
    "0x80090000000000ff, 80090000000000ff",
    "0x4300000000000003, 4300000000000003",
    "0x4300010000000000, 4300010000000000",
    "0x8007000000000004, 8007000000000004",
    "0x8006fde9ff800000, 8006fde9ff800000",
    "0x8006fde97fc00000, 8006fde97fc00000",
    "0x8006fde97f800000, 8006fde97f800000",
    "0x8006fde980000000, 8006fde980000000",
    "0x030b000100000064, 030b000100000064",
    "0x030c000100000008, 030c000100000008",
    "0x030d000000000001, 030d000000000001",
    "0x0600020000000001, 0600020000000001",
    "0x0600000100000001, 0600000100000001",
    "0x0601000000000641, 0601000000000641",
    "0x0601000001000640, 0601000001000640",
    "0x4302000000000001, 4302000000000001",
    "0x0000000000000000, 0000000000000000",
    "0xffffffffffffffff, ffffffffffffffff"
  })
  void extendedCommunitiesParseAndPrint(String text, String hex) {
    ExtendedCommunity community = ExtendedCommunity.parse(text);
    assertThat(community.value()).isEqualTo(Long.parseUnsignedLong(hex, 16));
    assertThat(community).hasToString(text);
    assertThat(ExtendedCommunity.parse("0x" + hex)).isEqualTo(community);
  }

  @ParameterizedTest
  @CsvSource({
    "RT:65001:7, rt:65001:7",
    "SoO:1:2, soo:1:2",
    "0X00000000000000AB, 0x00000000000000ab",
    "rt:64086.59905:7, rt:4200000001:7",
    "rt:0.100:7, rt:100:7",
    "Encapsulation:VXLAN, encapsulation:vxlan",
    "encapsulation:8, encapsulation:vxlan",
    "ES-Import:02:00:5E:00:53:AB, es-import:02:00:5e:00:53:ab",
    "link-bandwidth:65001:12500000.0, link-bandwidth:65001:12500000",
    "DEFAULT-GATEWAY, default-gateway"
  })
  void extendedCommunitiesAreReadInAnyCase(String text, String printed) {
    assertThat(ExtendedCommunity.parse(text)).hasToString(printed);
  }

  @ParameterizedTest
  @CsvSource({
    "'', write it like rt:65001:7",
    "65001:7, write it like rt:65001:7",
    "rt:65001, write it like rt:65001:7",
    "target:65001:7, write it like rt:65001:7",
    "rt:65001:7:8, write it like rt:65001:7",
    "rt:65001:4294967296, is not a number of 0 to 4294967295",
    "rt:65536:65536, is not a number of 0 to 65535",
    "rt:65001L:65536, is not a number of 0 to 65535",
    "rt:192.0.2.1:65536, is not a number of 0 to 65535",
    "rt:4294967296:1, is not a number of 0 to 4294967295",
    "rt::1, is not a number",
    "rt:L:1, is not a number",
    "rt:192.0.2:1, is not an IP address",
    "rt:65001:7:8, (column 10)",
    "rt:1.65536:7, is not a number of 0 to 65535 (column 6)",
    "link-bandwidth:65001:fast, is not a number like 12500000 or 0.5 (column 22)",
    "link-bandwidth:65001:1e9, is not a number like",
    "link-bandwidth:65001:., is not a number like",
    "link-bandwidth:65001:1.2.3, is not a number like",
    "link-bandwidth:65001:999999999999999999999999999999999999999999, is not a number like",
    "link-bandwidth:65536:1, is not a number of 0 to 65535",
    "traffic-action:drop, is not one of none terminal sample",
    "traffic-marking:64, is not a number of 0 to 63",
    "color, write it like color:100",
    "color:4294967296, is not a number of 0 to 4294967295",
    "encapsulation:carrier-pigeon, is not a number of 0 to 65535",
    "default-gateway:1, expected the end; write it like default-gateway",
    "origin-validation:perhaps, is not one of valid not-found invalid",
    "mac-mobility:static:1, is not a number",
    "esi-label:100, expected one of all-active single-active",
    "esi-label:all-active:1048576, is not a number of 0 to 1048575",
    "es-import:02:00:5e:00:53, is not a MAC address",
    "es-import:02:00:5e:00:53:01:02, is not a MAC address",
    "router-mac:2:0:5e:0:53:1, is not a MAC address",
    "0x123, write it like rt:65001:7",
    "0x00000000000000000, write it like rt:65001:7",
    "0x000000000000000g, write it like rt:65001:7"
  })
  void whatIsNoExtendedCommunityIsRefusedWithAdvice(String text, String advice) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExtendedCommunity.parse(text))
        .withMessageContaining(advice);
  }

  @Test
  void everyExtendedCommunityPrintsAsWhatReadsAsItself() {
    Random random = new Random(7);
    int[] types = {0x00, 0x01, 0x02, 0x03, 0x06, 0x40, 0x43, 0x80, 0x81, 0x82};
    int named = 0;
    for (int i = 0; i < 200_000; i++) {
      long type = types[random.nextInt(types.length)];
      long subtype = random.nextInt(16);
      long value = random.nextLong() & (random.nextBoolean() ? 0xFF : 0xFFFF_FFFF_FFFFL);
      ExtendedCommunity community = new ExtendedCommunity(type << 56 | subtype << 48 | value);
      String text = community.toString();
      named += text.startsWith("0x") ? 0 : 1;
      assertThat(ExtendedCommunity.parse(text)).as(text).isEqualTo(community);
      assertThat(ExtendedCommunity.isNotation(text)).as(text).isTrue();
    }
    assertThat(named).isGreaterThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"65001:1", "65001:1:2", "no-export", "blackhole", "", "noexport"})
  void otherCommunitiesDoNotLookLikeExtendedOnes(String text) {
    assertThat(ExtendedCommunity.isNotation(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "rt:[2001:db8::1]:7, 000220010db80000000000000000000000010007",
    "soo:[::]:0, 0003000000000000000000000000000000000000",
    "vrf-route-import:[2001:db8::1]:65535, 000b20010db8000000000000000000000001ffff",
    "redirect:[2001:db8::1]:7, 000d20010db80000000000000000000000010007",
    "0x400220010db80000000000000000000000010007, 400220010db80000000000000000000000010007"
  })
  void ipv6ExtendedCommunitiesParseAndPrint(String text, String hex) {
    Ipv6ExtendedCommunity community = Ipv6ExtendedCommunity.parse(text);
    assertThat(community).hasToString(text);
    assertThat(Ipv6ExtendedCommunity.parse("0x" + hex)).isEqualTo(community);
    assertThat(community.isTransitive()).isEqualTo(!hex.startsWith("4"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', write it like rt:[2001:db8::1]:7",
    "color:100, write it like rt:[2001:db8::1]:7",
    "rt:2001:db8::1:7, found '2' at column 4",
    "rt:[2001:db8::1:7, the text ends at column 18",
    "rt:[2001:db8::1]7, found '7' at column 17",
    "rt:[2001:db8::1]:65536, is not a number of 0 to 65535 (column 18)",
    "0x0002, write it like"
  })
  void whatIsNoIpv6ExtendedCommunityIsRefusedWithAdvice(String text, String advice) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ipv6ExtendedCommunity.parse(text))
        .withMessageContaining(advice);
  }

  @Test
  void aFaultSaysItsColumn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Community.parse("65001:1x0"))
        .withMessageStartingWith("'1x0' in '65001:1x0' is not a number of 0 to 65535 (column 7)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LargeCommunity.parse("65001:1:y"))
        .withMessage("'y' in '65001:1:y' is not a number of 0 to 4294967295 (column 9)");
  }

  @Test
  void transitivityIsTheSecondBitOfTheType() { // RFC 4360 §2
    assertThat(ExtendedCommunity.parse("rt:65001:7").isTransitive()).isTrue();
    assertThat(ExtendedCommunity.parse("0x4002fde900000007").isTransitive()).isFalse();
    assertThat(ExtendedCommunity.parse("0x8000000000000000").isTransitive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0:0:0", "65001:1:2", "4294967295:4294967295:4294967295"})
  void largeCommunitiesParseAndPrint(String text) {
    assertThat(LargeCommunity.parse(text)).hasToString(text);
  }

  @Test
  void largeCommunitiesPrintWithoutLeadingZeros() { // RFC 8092 §4
    assertThat(LargeCommunity.parse("0065001:00:01")).hasToString("65001:0:1");
  }

  @ParameterizedTest
  @CsvSource({
    "'', write it like 65001:1:2",
    "65001:1, write it like 65001:1:2",
    "65001:1:2:3, write it like 65001:1:2",
    "65001:1:, is not a number of 0 to 4294967295",
    "4294967296:1:2, is not a number of 0 to 4294967295",
    "1:4294967296:2, is not a number of 0 to 4294967295",
    "1:2:4294967296, is not a number of 0 to 4294967295",
    "1:2:-1, is not a number of 0 to 4294967295"
  })
  void whatIsNoLargeCommunityIsRefusedWithAdvice(String text, String advice) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LargeCommunity.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining(advice);
  }

  @Test
  void valuesOutOfRangeCannotExist() {
    assertThatIllegalArgumentException().isThrownBy(() -> Community.of(65536, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Community.of(0, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new LargeCommunity(-1, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new LargeCommunity(0, 1L << 32, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Communities(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new ExtendedCommunities(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new LargeCommunities(List.of()));
  }

  @Test
  void communitiesSortAsUnsignedNumbers() {
    assertThat(Community.NO_EXPORT).isGreaterThan(Community.of(1, 1));
    assertThat(new ExtendedCommunity(-1)).isGreaterThan(new ExtendedCommunity(1));
    assertThat(LargeCommunity.parse("1:2:3")).isLessThan(LargeCommunity.parse("1:3:0"));
  }
}
