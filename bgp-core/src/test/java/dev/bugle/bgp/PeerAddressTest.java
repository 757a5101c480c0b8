package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.AddressFamily;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTest {

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "fe80::1%eth0", "febf::1%bond0.100", "::"})
  void whatIsParsedIsWrittenAgain(String text) {
    assertThat(PeerAddress.parse(text)).hasToString(text);
    assertThat(PeerAddress.parse(text).isInterface()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          fe80::1            | fe80::1 is valid on one link only; say on which, like fe80::1%eth0
          2001:db8::1%eth0   | 2001:db8::1%eth0 is not link-local; leave %eth0 away
          192.0.2.1%eth0     | 192.0.2.1%eth0 is not link-local; leave %eth0 away
          0.0.0.0%eth0       | 0.0.0.0%eth0 is not link-local; leave %eth0 away
          fe80::1%           | '' is not the name of an interface; expected one like eth0
          fe80::1%a/b        | 'a/b' is not the name of an interface; expected one like eth0
          fe80::1%e%f        | 'e%f' is not the name of an interface; expected one like eth0
          fe80::1%..         | '..' is not the name of an interface; expected one like eth0
          fe80::1%a:1        | 'a:1' is not the name of an interface; expected one like eth0
          fe80::1%sixteenletters16 | 'sixteenletters16' is not the name of an interface
          """)
  void whatIsWrongIsSaid(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PeerAddress.parse(text))
        .withMessageStartingWith(message);
  }

  @Test
  void anInterfaceAloneIsItsName() {
    PeerAddress peer = PeerAddress.onInterface("fifteenletters5");
    assertThat(peer).hasToString("fifteenletters5");
    assertThat(peer.isInterface()).isTrue();
    assertThat(PeerAddress.onInterface("...")).hasToString("...");
  }

  @Test
  void aPeerOnALinkTakesIpv6NextHopsForIpv4Routes() {
    assertThat(
            PeerConfig.onInterface("eth0", RemoteAs.Relation.EXTERNAL)
                .build()
                .session()
                .offer()
                .ipv6NextHops())
        .containsExactly(AddressFamily.IPV4_UNICAST);
    PeerConfig linkLocal = PeerConfig.builder("fe80::1%eth0", 65000).build();
    assertThat(linkLocal.session().offer().ipv6NextHops())
        .containsExactly(AddressFamily.IPV4_UNICAST);
    assertThat(linkLocal.toBuilder().build()).isEqualTo(linkLocal);
    assertThat(
            PeerConfig.onInterface("eth0", RemoteAs.Relation.INTERNAL)
                .families(AddressFamily.IPV6_UNICAST)
                .build()
                .session()
                .offer()
                .ipv6NextHops())
        .isEmpty();
    assertThat(PeerConfig.builder("2001:db8::1", 65000).build().session().offer().ipv6NextHops())
        .isEmpty();
  }

  @Test
  void anInterfaceThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> PeerAddress.parse("fe80::1%nosuchif0").socketAddress(179))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("there is no interface nosuchif0");
  }
}
