package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.BfdStateChange;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Paths and routers that fail, and come back. */
class BfdFailureTest extends BfdContract {

  private static final Duration DETECTION_TIME = TIMING.detectionTimeOf(TIMING);

  /** By how much a busy host of two cores may be late, as it does not admit in its own delay. */
  private static final Duration MARGIN = Duration.ofMillis(100);

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void packetsThatVanishAreNoticedByBothWithinTheDetectionTime(BfdKind kind) {
    establish(kind);
    machine().cutWire();
    try {
      assertDetectedInTime(awaitLeftUp());
      awaitRouter(BfdSeen.State.DOWN);
    } finally {
      machine().mendWire();
    }
    awaitUpAgain();
    assertEveryFlapWasTold();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void linkThatGoesDownIsNoticedAndComesBack(BfdKind kind) {
    establish(kind);
    machine().run("ip", "link", "set", "eth0", "down").succeeded();
    try {
      assertDetectedInTime(awaitLeftUp());
      Eventually.see(
          "the router says that the session is not UP",
          Deadlines.ROUTE,
          router()::session,
          seen -> !seen.isUp());
    } finally {
      machine().run("ip", "link", "set", "eth0", "up").succeeded();
    }
    awaitUpAgain();
    assertEveryFlapWasTold();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void routerThatIsKilledIsNoticedAndComesBackAsAnother(BfdKind kind) {
    establish(kind);
    int before = remoteDiscriminator();

    router().kill();
    assertDetectedInTime(awaitLeftUp());
    replaceRouter(kind, BfdPeering.active(ipv4(), TIMING));

    awaitUpAgain();
    assertThat(remoteDiscriminator()).isNotZero().isNotEqualTo(before);
    assertEveryFlapWasTold();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void bugleThatIsGoneWithoutAWordComesBackAsAnother(BfdKind kind) {
    establish(kind);
    int before = bugle().status().localDiscriminator();
    machine().cutWire();
    try {
      bugle().close();
      awaitRouter(BfdSeen.State.DOWN);
    } finally {
      machine().mendWire();
    }
    startBugle(BugleBfd.start(ipv4(), TIMING.profile().build()));
    awaitUp();
    assertThat(bugle().status().localDiscriminator()).isNotEqualTo(before);
  }

  private int remoteDiscriminator() {
    return bugle().status().remote().orElseThrow().myDiscriminator();
  }

  /** Not before the Detection Time, and not later than it, but for what this host was late. */
  private static void assertDetectedInTime(BfdStateChange change) {
    assertThat(change.to()).isEqualTo(State.DOWN);
    assertThat(change.diagnostic()).isEqualTo(Diagnostic.CONTROL_DETECTION_TIME_EXPIRED);
    assertThat(change.isFailure()).isTrue();
    assertThat(change.silence())
        .as("silence in %s", change)
        .isBetween(DETECTION_TIME, DETECTION_TIME.plus(change.ownDelay()).plus(MARGIN));
  }
}
