package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.NetworkInterface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

  @Test
  void linkLocalAddressNamesItsInterface() throws Exception {
    NetworkInterface any = NetworkInterface.networkInterfaces().findFirst().orElseThrow();
    Inet6Address parsed = (Inet6Address) IpLiteral.parseScoped("fe80::1%" + any.getName());
    assertThat(parsed.getScopeId()).isEqualTo(any.getIndex());
    assertThat(parsed).isEqualTo(IpLiteral.parse("fe80::1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "fe80::1", "0.0.0.0", "::"})
  void addressWithoutAnInterfaceIsAsItIs(String literal) {
    assertThat(IpLiteral.parseScoped(literal)).isEqualTo(IpLiteral.parse(literal));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fe80::1%no-such-device", "fe80::1%", "192.0.2.1%lo", "2001:db8::1%lo"})
  void interfaceThatCannotBeMeantIsRefused(String literal) {
    assertThatThrownBy(() -> IpLiteral.parseScoped(literal))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(literal)
        .hasMessageContaining("ip link");
  }
}
