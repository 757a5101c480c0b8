package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bfd.BfdSessionConfig.Hops;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and in which words. */
class ConfigTest {

  private static final Duration INTERVAL = Duration.ofMillis(300);

  private static Arguments refused(ThrowingCallable what, String message) {
    return Arguments.of(message, what);
  }

  private static Stream<Arguments> refusals() {
    return Stream.of(
        refused(
            () -> BfdProfile.of(Duration.ofNanos(999_999), 3),
            "the desired minimum transmit interval of PT0.000999999S is not in PT0.001S to PT1H"),
        refused(
            () -> BfdProfile.of(Duration.ofHours(1).plusNanos(1), 3),
            "the desired minimum transmit interval of PT1H0.000000001S is not in PT0.001S to PT1H"),
        refused(
            () -> BfdProfile.builder(INTERVAL, 3).receiveInterval(Duration.ZERO).build(),
            "the required minimum receive interval of PT0S is not in PT0.001S to PT1H"),
        refused(
            () -> BfdProfile.builder(INTERVAL, 3).transmitInterval(INTERVAL.negated()).build(),
            "the desired minimum transmit interval of PT-0.3S is not in PT0.001S to PT1H"),
        refused(
            () -> BfdProfile.builder(INTERVAL, 3).echoReceiveInterval(Duration.ofNanos(1)).build(),
            "the required minimum echo receive interval of PT0.000000001S is not in PT0.001S to"
                + " PT1H"),
        refused(
            () -> BfdProfile.builder(INTERVAL, 3).echoInterval(Duration.ZERO).build(),
            "the echo transmit interval of PT0S is not in PT0.001S to PT1H"),
        refused(() -> BfdProfile.of(INTERVAL, 0), "detect multiplier 0 is not in 1 to 255"),
        refused(() -> BfdProfile.of(INTERVAL, 256), "detect multiplier 256 is not in 1 to 255"),
        refused(
            () -> BfdSessionConfig.singleHop("192.0.2.1").localAddress("2001:db8::1").build(),
            "local address 2001:db8:0:0:0:0:0:1 and peer address 192.0.2.1 are not of one IP"
                + " version"),
        refused(
            () -> BfdSessionConfig.singleHop("fe80::1").build(),
            "the link-local peer fe80:0:0:0:0:0:0:1 needs the name of its interface"
                + " (interfaceName)"),
        refused(
            () -> BfdSessionConfig.singleHop("0.0.0.0").build(),
            "0.0.0.0 is not the address of a host"),
        refused(
            () -> BfdSessionConfig.singleHop("::").build(),
            "0:0:0:0:0:0:0:0 is not the address of a host"),
        refused(
            () -> BfdSessionConfig.singleHop("224.0.0.5").build(),
            "224.0.0.5 is not the address of a host"),
        refused(
            () ->
                BfdSessionConfig.multihop("192.0.2.1", "192.0.2.2")
                    .profile(BfdProfile.builder(INTERVAL, 3).echoInterval(INTERVAL).build())
                    .build(),
            "a multihop session has no echo function (RFC 5883 §3); remove its echo interval"),
        refused(
            () -> BfdSessionConfig.singleHop("192.0.2.1").minimumTtl(254),
            "the minimum TTL 254 must be 255 for one hop (RFC 5881 §5)"),
        refused(
            () -> BfdSessionConfig.multihop("192.0.2.1", "192.0.2.2").minimumTtl(0),
            "the minimum TTL 0 is not in 1 to 255"),
        refused(() -> new Hops(true, 256), "the minimum TTL 256 is not in 1 to 255"),
        refused(
            () -> new Hops(false, 256),
            "the minimum TTL 256 must be 255 for one hop (RFC 5881 §5)"),
        refused(
            () -> BfdConfig.builder().realTimePriority(-1).build(),
            "the real-time priority -1 is not in 0 to 99"),
        refused(
            () -> BfdConfig.builder().realTimePriority(100).build(),
            "the real-time priority 100 is not in 0 to 99"),
        refused(
            () -> BfdConfig.builder().localAddress("lo"),
            "found 'lo'; expected an IP address such as 192.0.2.1 or 2001:db8::1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void aWrongValueIsRefusedInTheseWords(String message, ThrowingCallable what) {
    assertThatThrownBy(what).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void aMultihopSessionWithoutItsLocalAddressIsRefused() {
    BfdSessionConfig good = BfdSessionConfig.multihop("192.0.2.1", "192.0.2.2").build();
    assertThatThrownBy(
            () ->
                new BfdSessionConfig(
                    good.peer(),
                    Optional.empty(),
                    good.interfaceName(),
                    good.hops(),
                    good.unaffiliated(),
                    good.profile(),
                    good.keys()))
        .hasMessage("a multihop session needs its local address (RFC 5883 §4.1)");
  }

  @Test
  void theBoundsThemselvesAreAccepted() {
    BfdProfile.of(Duration.ofMillis(1), 1);
    BfdProfile.of(Duration.ofHours(1), 255);
    BfdConfig.builder().realTimePriority(0).build();
    BfdConfig.builder().realTimePriority(99).build();
    assertThat(new Hops(true, 1).minimumTtl()).isEqualTo(1);
    assertThat(new Hops(true, 255).minimumTtl()).isEqualTo(255);
    assertThat(BfdSessionConfig.singleHop("fe80::1").interfaceName("eth0").build())
        .hasToString("fe80:0:0:0:0:0:0:1%eth0");
  }

  @Test
  void anIntervalBelowTenMillisecondsIsBelowTheAdvisedFloor() {
    assertThat(BfdProfile.of(Duration.ofMillis(10), 3).isBelowAdvisedFloor()).isFalse();
    assertThat(BfdProfile.of(Duration.ofMillis(9), 3).isBelowAdvisedFloor()).isTrue();
    assertThat(
            BfdProfile.builder(INTERVAL, 3)
                .receiveInterval(Duration.ofMillis(9))
                .build()
                .isBelowAdvisedFloor())
        .isTrue();
  }

  /** Names that a resolver would find, and spellings that it would take for an address. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "router.example",
        "",
        " ",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.1.1",
        "3221225985",
        "0x7f.0.0.1",
        "192.0.2.1.",
        "192.0.2.1 ",
        ".192.0.2.1",
        "192.0.2.-1",
        "192.0.2.1/32",
        "2001:db8:::1",
        "2001:db8::1::2",
        ":",
        "12345::",
        "1:2:3:4:5:6:7:8:9",
        "fe80::1%eth0",
        "[2001:db8::1]",
        "::ffff:192.0.2.256",
        "١٩٢.0.2.1"
      })
  void whatIsNoAddressIsRefusedAndNotLookedUp(String text) {
    assertThatThrownBy(() -> IpLiteral.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "found '" + text + "'; expected an IP address such as 192.0.2.1 or 2001:db8::1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "255.255.255.255", "192.0.2.1", "::", "2001:db8::1", "::192.0.2.1"})
  void anAddressIsItself(String text) throws Exception {
    assertThat(IpLiteral.parse(text)).isEqualTo(InetAddress.getByName(text));
  }
}
