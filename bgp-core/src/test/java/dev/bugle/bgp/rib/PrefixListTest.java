package dev.bugle.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.Prefix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixListTest {

  @ParameterizedTest(name = "{0}: {1} is in it: {2}")
  @CsvSource({
    "203.0.113.0/24,             203.0.113.0/24,   true",
    "203.0.113.0/24,             203.0.113.0/25,   false",
    "203.0.113.0/24,             203.0.112.0/23,   false",
    "203.0.113.0/24,             198.51.100.0/24,  false",
    "203.0.113.0/24 ge 32,       203.0.113.255/32, true",
    "203.0.113.0/24 ge 32,       203.0.114.0/32,   false",
    "203.0.113.0/24 ge 32,       203.0.113.0/31,   false",
    "203.0.113.0/24 ge 32 le 32, 203.0.113.7/32,   true",
    "203.0.113.0/24 le 28,       203.0.113.0/24,   true",
    "203.0.113.0/24 le 28,       203.0.113.16/28,  true",
    "203.0.113.0/24 le 28,       203.0.113.16/29,  false",
    "203.0.113.0/24 le 28,       203.0.112.0/23,   false",
    "203.0.113.0/24 ge 25 le 26, 203.0.113.0/24,   false",
    "203.0.113.0/24 ge 25 le 26, 203.0.113.128/25, true",
    "203.0.113.0/24 ge 25 le 26, 203.0.113.64/26,  true",
    "203.0.113.0/24 ge 25 le 26, 203.0.113.64/27,  false",
    "203.0.113.1/32,             203.0.113.1/32,   true",
    "203.0.113.1/32,             203.0.113.0/32,   false",
    "0.0.0.0/0,                  0.0.0.0/0,        true",
    "0.0.0.0/0,                  10.0.0.0/8,       false",
    "0.0.0.0/0 le 32,            255.255.255.255/32, true",
    "0.0.0.0/0 le 32,            ::/0,             false",
    "::/0 le 128,                2001:db8::1/128,  true",
    "::/0 le 128,                0.0.0.0/0,        false",
    "2001:db8::/32 ge 64 le 64,  2001:db8:1::/64,  true",
    "2001:db8::/32 ge 64 le 64,  2001:db9:1::/64,  false",
    "2001:db8::/63 le 128,       2001:db8:0:1::5/128, true",
    "2001:db8::/64 le 128,       2001:db8:0:1::/128,  false",
    "2001:db8::/65 le 128,       2001:db8::8000:0:0:0/128, false",
    "2001:db8::/65 le 128,       2001:db8::7fff:0:0:0/128, true",
    "2001:db8::1/128,            2001:db8::1/128,  true",
    "2001:db8::1/128,            2001:db8::2/128,  false",
  })
  void anEntryHasThePrefixesThatRoutersMeanByIt(String entry, String prefix, boolean expected) {
    assertThat(PrefixList.of(entry).contains(Prefix.parse(prefix))).isEqualTo(expected);
  }

  @Test
  void aPrefixIsInTheListIfAnyEntryHasIt() {
    PrefixList list = PrefixList.of("203.0.113.0/24 ge 32", "2001:db8::/32 le 48");
    assertThat(list.contains(Prefix.parse("203.0.113.4/32"))).isTrue();
    assertThat(list.contains(Prefix.parse("2001:db8:5::/48"))).isTrue();
    assertThat(list.contains(Prefix.parse("203.0.113.0/24"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          203.0.113.0              | has no prefix length
          203.0.113.0/33           | prefix length 33 is not in 0 to 32
          203.0.113.1/24           | has host bits set
          203.0.113.0/24 ge 23     | ge 23 of 203.0.113.0/24 is not in 24 to 32
          203.0.113.0/24 ge 33     | ge 33 of 203.0.113.0/24 is not in 24 to 32
          203.0.113.0/24 le 23     | le 23 of 203.0.113.0/24 is not in 24 to 32
          203.0.113.0/24 le 33     | le 33 of 203.0.113.0/24 is not in 24 to 32
          203.0.113.0/24 ge 28 le 27 | le 27 of 203.0.113.0/24 is not in 28 to 32
          2001:db8::/32 le 129     | le 129 of 2001:db8::/32 is not in 32 to 128
          203.0.113.0/24 le 28 ge 25 | 'ge' in '203.0.113.0/24 le 28 ge 25' has no place there; write it like
          203.0.113.0/24 ge        | 'ge' in '203.0.113.0/24 ge' has no place there
          203.0.113.0/24 eq 25     | 'eq' in '203.0.113.0/24 eq 25' has no place there
          203.0.113.0/24 ge x      | 'x' in '203.0.113.0/24 ge x' is not a prefix length
          203.0.113.0/24 ge 9999   | '9999' in '203.0.113.0/24 ge 9999' is not a prefix length
          """)
  void anEntryThatMakesNoSenseIsRefusedByName(String entry, String message) {
    assertThatThrownBy(() -> PrefixList.of(entry))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24",
    "203.0.113.0/24 ge 25",
    "203.0.113.0/24 le 32",
    "203.0.113.0/24 le 28",
    "203.0.113.0/24 ge 25 le 28",
    "203.0.113.1/32",
    "::/0 le 128",
    "2001:db8::/32 ge 48",
  })
  void anEntryIsWrittenAsItIsRead(String entry) {
    assertThat(PrefixList.Entry.parse(entry)).hasToString(entry);
    assertThat(PrefixList.of(entry, "10.0.0.0/8")).hasToString(entry + ", 10.0.0.0/8");
  }

  @Test
  void anEmptyListIsRefused() {
    assertThatThrownBy(() -> new PrefixList(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one entry");
  }
}
