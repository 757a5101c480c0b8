package dev.bugle.bgp.wire.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
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
  @ValueSource(strings = {"NO_EXPORT", "No-Export", "no_export", "65535:65281"})
  void wellKnownNamesAreReadInAnyCaseAndPrintedInOne(String text) {
    assertThat(Community.parse(text)).isEqualTo(Community.NO_EXPORT).hasToString("no-export");
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
    "0X00000000000000AB, 0x00000000000000ab"
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
