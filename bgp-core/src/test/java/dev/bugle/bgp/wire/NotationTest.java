package dev.bugle.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, prefixes, families and errors as people write and read them. */
class NotationTest {

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "255.255.255.255", "1.2.3.4", "10.0.0.10"})
  void ipv4AddressesPrintAsTheyAreWritten(String text) {
    assertThat(IpAddress.parse(text)).hasToString(text).isInstanceOf(Ipv4Address.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.",
        "1.2.3.4.",
        "1.2.3.4.5",
        ".1.2.3",
        "1..2.3",
        "256.0.0.1",
        "1.2.3.256",
        "1.2.3.1000",
        "01.2.3.4",
        "1.2.3.04",
        "1.2.3.-4",
        "+1.2.3.4",
        " 1.2.3.4",
        "1.2.3.4 ",
        "0x1.2.3.4",
        "١.2.3.4",
        "localhost",
        "1.2.3.4/32"
      })
  void whatIsNoIpv4AddressIsRefusedByName(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining("write it like 192.0.2.1");
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 5952 §4.1: no leading zeros
    "2001:0db8::0001, 2001:db8::1",
    // §4.2.1: as short as possible
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    // §4.2.2: not for one group of zeros
    "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    // §4.2.3: the longest run, the first of equals
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    // §4.3: lower case
    "2001:DB8::ABCD, 2001:db8::abcd",
    // §5: IPv4-mapped
    "::ffff:192.0.2.1, ::ffff:192.0.2.1",
    "::FFFF:c000:0201, ::ffff:192.0.2.1",
    "0:0:0:0:0:ffff:0:0, ::ffff:0.0.0.0",
    "::fffe:192.0.2.1, ::fffe:c000:201",
    "1::ffff:192.0.2.1, 1::ffff:c000:201",
    // borders
    "::, ::",
    "0:0:0:0:0:0:0:0, ::",
    "::1, ::1",
    "1::, 1::",
    "0:0:1::, 0:0:1::",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
  })
  void ipv6AddressesPrintAsRfc5952Asks(String written, String printed) {
    IpAddress address = IpAddress.parse(written);
    assertThat(address).hasToString(printed).isInstanceOf(Ipv6Address.class);
    assertThat(IpAddress.parse(printed)).isEqualTo(address);
    assertThat(IpAddress.of(address.toInetAddress())).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":",
        ":::",
        ":1",
        "1:",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1::",
        "1::2::3",
        "12345::",
        "g::",
        "fe80::1%eth0",
        "[::1]",
        "::1.2.3",
        "::1.2.3.256",
        "1.2.3.4::",
        "::1.2.3.4:1",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1 ",
        "::/0"
      })
  void whatIsNoIpv6AddressIsRefusedByName(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining("2001:db8::1");
  }

  @Test
  void anIpv4MappedAddressOfTheJdkStaysWhatItIs() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xFF;
    assertThat(Ipv6Address.of(mapped)).hasToString("::ffff:0.0.0.0");
    assertThat(IpAddress.of(InetAddress.getByAddress(mapped))).hasToString("0.0.0.0");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, true, false",
    "223.255.255.255, false, false",
    "224.0.0.0, false, true",
    "239.255.255.255, false, true",
    "240.0.0.0, false, false",
    "::, true, false",
    "::1, false, false",
    "feff::, false, false",
    "ff00::, false, true"
  })
  void unspecifiedAndMulticastAreTold(String text, boolean unspecified, boolean multicast) {
    assertThat(IpAddress.parse(text).isUnspecified()).isEqualTo(unspecified);
    assertThat(IpAddress.parse(text).isMulticast()).isEqualTo(multicast);
  }

  @ParameterizedTest
  @CsvSource({"fe7f:ffff::, false", "fe80::, true", "febf:ffff::1, true", "fec0::, false"})
  void linkLocalIsTold(String text, boolean linkLocal) {
    assertThat(Ipv6Address.parse(text).isLinkLocal()).isEqualTo(linkLocal);
  }

  @Test
  void identifiersCompareUnsigned() { // RFC 4271 §6.8
    assertThat(Ipv4Address.parse("192.0.2.1")).isGreaterThan(Ipv4Address.parse("10.0.0.1"));
    assertThat(Ipv4Address.parse("255.255.255.255")).isGreaterThan(Ipv4Address.parse("0.0.0.0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0/0",
        "128.0.0.0/1",
        "203.0.113.10/32",
        "203.0.113.8/31",
        "::/0",
        "8000::/1",
        "2001:db8::/32",
        "2001:db8:0:1::/64",
        "2001:db8:0:1:8000::/65",
        "2001:db8::10/128",
        "::ffff:192.0.2.1/128"
      })
  void prefixesPrintAsTheyAreWritten(String text) {
    Prefix prefix = Prefix.parse(text);
    assertThat(prefix).hasToString(text);
    assertThat(prefix.family())
        .isEqualTo(text.contains(":") ? AddressFamily.IPV6_UNICAST : AddressFamily.IPV4_UNICAST);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.10, has no prefix length; write it like 203.0.113.10/32",
    "203.0.113.10/, expected 0 to 32",
    "203.0.113.10/33, prefix length 33 is not in 0 to 32",
    "203.0.113.10/-1, expected 0 to 32",
    "203.0.113.10/032, expected 0 to 32",
    "203.0.113.10/32/1, expected 0 to 32",
    "203.0.113.10/4294967328, expected 0 to 32",
    "203.0.113.10/24, the prefix is 203.0.113.0/24",
    "2001:db8::/129, prefix length 129 is not in 0 to 128",
    "2001:db8::1/127, the prefix is 2001:db8::/127",
    "2001:db8:0:1:1::/64, the prefix is 2001:db8:0:1::/64",
    "host/32, write it like 192.0.2.1"
  })
  void whatIsNoPrefixIsRefusedWithAdvice(String text, String advice) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prefix.parse(text))
        .withMessageContaining(advice);
  }

  @Test
  void familiesPrintByNameOrNumber() {
    assertThat(AddressFamily.IPV4_UNICAST).hasToString("ipv4-unicast");
    assertThat(AddressFamily.IPV6_UNICAST).hasToString("ipv6-unicast");
    assertThat(new AddressFamily(65535, 255)).hasToString("65535/255");
    assertThatIllegalArgumentException().isThrownBy(() -> new AddressFamily(65536, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new AddressFamily(1, 256));
    assertThatIllegalArgumentException().isThrownBy(() -> new AddressFamily(-1, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 65535, 65536, 4294967295L})
  void usableAsNumbersPass(long asn) {
    assertThat(Asn.requireUsable(asn)).isEqualTo(asn);
    assertThat(Asn.fitsTwoOctets(asn)).isEqualTo(asn < 65536);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 4294967296L})
  void otherAsNumbersDoNot(long asn) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Asn.requireUsable(asn))
        .withMessage("AS number " + asn + " is not in 1 to 4294967295");
  }

  @Test
  void shutdownTextsAreCutBetweenCharacters() { // RFC 9003 §2
    assertThat(BgpError.administrativeShutdown("").data()).isEqualTo(Bytes.hex("00"));
    assertThat(BgpError.administrativeShutdown("x".repeat(255)).communication()).hasSize(255);
    assertThat(BgpError.administrativeShutdown("x".repeat(256)).communication()).hasSize(255);
    // 254 octets are taken; the two of the umlaut do not fit.
    BgpError cut = BgpError.administrativeReset("x".repeat(254) + "ü");
    assertThat(cut.data().length()).isEqualTo(255);
    assertThat(cut.communication()).isEqualTo("x".repeat(254));
    // A surrogate pair is one character of four octets.
    assertThat(BgpError.administrativeReset("x".repeat(252) + "😀").communication())
        .isEqualTo("x".repeat(252));
    assertThat(BgpError.administrativeReset("x".repeat(251) + "😀").communication())
        .isEqualTo("x".repeat(251) + "😀");
  }

  @Test
  void aLoneSurrogateBecomesAQuestionMark() {
    assertThat(BgpError.administrativeShutdown("a\uD83Db").communication()).isEqualTo("a?b");
  }

  @Test
  void aHardResetCarriesTheErrorAndItsText() { // RFC 8538 §3.1
    BgpError shutdown = BgpError.administrativeShutdown("moving");
    BgpError reset = BgpError.hardReset(shutdown);
    assertThat(reset.encapsulated()).hasValue(shutdown);
    assertThat(reset.communication()).isEqualTo("moving");
    assertThat(reset.isHardReset()).isTrue();
    assertThat(reset).is(cease());
    assertThat(BgpError.hardReset(reset)).isEqualTo(reset);
    assertThat(shutdown.isHardReset()).isFalse();
    assertThat(shutdown.encapsulated()).isEmpty();
    assertThat(new BgpError(5, 9, Bytes.hex("0600")).isHardReset()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1",
    "1.2.3, 6",
    "1.2.3.256, 7",
    "1.2.3.04, 7",
    "1.2.x.4, 5",
    "1.2.3.4/8/9, 8",
    "1.2.3.4x, 8",
    "2001:db8::12345, 15",
    "2001:db8::xyz, 11",
    "2001:db8:1, 11",
    "1:2:3:4:5:6:7:8:9, 18",
    "2001::db8::1, 11",
    "2001:db8:::1, 11",
    "::1:, 5",
    "::ffff:192.0.2.256, 8",
    "fe80::1%eth0, 8"
  })
  void whatIsNoAddressIsRefusedWithItsColumn(String text, int column) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageEndingWith("(column " + column + ")");
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/2x, 13",
    "203.0.113.0/, 13",
    "203.0.113.0/024, 13",
    "203.0.x.0/24, 7",
    "2001:db8::/1234, 12",
    "2001:dbx::/32, 8"
  })
  void whatIsNoPrefixIsRefusedWithItsColumn(String text, int column) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prefix.parse(text))
        .withMessageEndingWith("(column " + column + ")");
  }

  @Test
  void everyErrorOfTheRegistryHasItsName() { // IANA, "BGP Error (Notification) Codes" and subcodes
    int[] subcodes = {0, 3, 11, 11, 0, 3, 10, 1, 0, 0}; // the last that is assigned, by code
    for (int code = 1; code < subcodes.length; code++) {
      for (int subcode = 0; subcode <= subcodes[code]; subcode++) {
        boolean isUnnamed = subcode == 0 || (code == 2 && subcode >= 8 && subcode <= 10);
        String name = new BgpError(code, subcode, Bytes.hex("2a")).toString();
        assertThat(name)
            .doesNotContain("error code")
            .endsWith("(" + code + "/" + subcode + ") data 2a");
        assertThat(name.contains("/" + subcode + ")") && name.indexOf('/') < name.indexOf('('))
            .as(name)
            .isEqualTo(!isUnnamed);
      }
      assertThat(new BgpError(code, subcodes[code] + 1).toString().split("/")).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "65001, 65001",
    "0, 0",
    "4294967295, 4294967295",
    "0.0, 0",
    "0.65001, 65001",
    "64086.59905, 4200000001",
    "65535.65535, 4294967295"
  })
  void asNumbersAreReadPlainAndDotted(String text, long asn) { // RFC 5396
    assertThat(Asn.parse(text)).isEqualTo(asn);
  }

  @ParameterizedTest
  @CsvSource({
    "'', is not a number of 0 to 4294967295 (column 1)",
    "AS1, is not a number of 0 to 4294967295 (column 1)",
    "-1, is not a number of 0 to 4294967295 (column 1)",
    "4294967296, is not a number of 0 to 4294967295 (column 1)",
    "1.65536, is not a number of 0 to 65535 (column 3)",
    "65536.1, is not a number of 0 to 65535 (column 1)",
    "1.2.3, is not a number of 0 to 65535 (column 3)",
    "1., is not a number of 0 to 65535 (column 3)"
  })
  void whatIsNoAsNumberIsRefusedWithItsColumn(String text, String fault) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Asn.parse(text))
        .withMessageEndingWith(fault);
  }

  @Test
  void errorsAreInRange() {
    assertThat(new BgpError(6, 3)).hasToString("Cease/Peer De-configured (6/3)").is(cease());
    assertThatIllegalArgumentException().isThrownBy(() -> new BgpError(256, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new BgpError(0, 256));
    assertThatIllegalArgumentException().isThrownBy(() -> new BgpError(-1, 0));
  }

  private static Condition<BgpError> cease() {
    return new Condition<>(BgpError::isCease, "a Cease");
  }
}
