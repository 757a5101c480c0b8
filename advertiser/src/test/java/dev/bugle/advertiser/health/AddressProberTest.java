package dev.bugle.advertiser.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.IpAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Addresses that this host has, and one that nobody has. */
class AddressProberTest {

  private static Outcome look(String address, Optional<String> interfaceName) throws Exception {
    return Probing.once(new Probe.Address(IpAddress.parse(address), interfaceName));
  }

  private static String loopback() throws Exception {
    return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()).getName();
  }

  @Test
  void addressOnAnInterfacePasses() throws Exception {
    Outcome there = Outcome.passed("127.0.0.1 is on " + loopback());
    assertThat(look("127.0.0.1", Optional.empty())).isEqualTo(there);
    assertThat(look("127.0.0.1", Optional.of(loopback()))).isEqualTo(there);
  }

  @Test
  void addressOnNoInterfaceFails() throws Exception {
    assertThat(look("203.0.113.10", Optional.empty()))
        .isEqualTo(Outcome.failed("203.0.113.10 is on no interface"));
    assertThat(look("2001:db8::1", Optional.of(loopback())))
        .isEqualTo(Outcome.failed("2001:db8::1 is not on " + loopback()));
  }

  @Test
  void interfaceThatIsNotThereIsSaid() throws Exception {
    assertThat(look("127.0.0.1", Optional.of("nope0")))
        .isEqualTo(Outcome.failed("there is no interface nope0"));
  }
}
