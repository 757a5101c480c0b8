package dev.bugle.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24,     192.0.2.0,        true",
    "192.0.2.0/24,     192.0.2.255,      true",
    "192.0.2.0/24,     192.0.3.0,        false",
    "192.0.2.128/25,   192.0.2.127,      false",
    "192.0.2.1/32,     192.0.2.1,        true",
    "192.0.2.1/32,     192.0.2.0,        false",
    "0.0.0.0/0,        255.255.255.255,  true",
    "0.0.0.0/0,        ::,               false",
    "::/0,             0.0.0.0,          false",
    "::/0,             ffff::1,          true",
    "2001:db8::/64,    2001:db8::1:0:0:1, true",
    "2001:db8::/65,    2001:db8::8000:0:0:1, false",
    "2001:db8::1/128,  2001:db8::2,      false",
  })
  void containsTheAddressesThatBeginWithItsBits(String prefix, String address, boolean inside) {
    assertThat(Prefix.parse(prefix).contains(IpAddress.parse(address))).isEqualTo(inside);
  }
}
