package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.BfdProfile;
import dev.bugle.bfd.BfdSessionConfig;
import dev.bugle.bfd.BfdStateChange;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets that a router returns by forwarding them, with and without BFD on the router. */
class BfdEchoTest extends BfdContract {

  private static final Duration ECHO_INTERVAL = Duration.ofMillis(50);

  @BeforeEach
  void letTheMachineForward() {
    machine()
        .run(
            "sysctl",
            "-q",
            "-w",
            "net.ipv4.ip_forward=1",
            "net.ipv4.conf.all.send_redirects=0",
            "net.ipv4.conf.eth0.send_redirects=0",
            "net.ipv6.conf.all.forwarding=1")
        .succeeded();
  }

  @Test
  void echoesThatFrrNoLongerReturnsTakeTheSessionDown() {
    BfdProfile profile = STEADY.profile().echoInterval(ECHO_INTERVAL).build();
    startBugle(BugleBfd.start(ipv4(), profile, config -> config.interfaceName(machine().name())));
    startRouter(BfdKind.FRR, BfdPeering.active(ipv4(), TIMING));
    awaitUp();
    Eventually.see(
        "while echoes are sent, FRR is asked for slow control packets (RFC 5880 §6.8.3)",
        Deadlines.ROUTE,
        this::bothSides,
        ignored -> bugle().status().detectionTime().equals(Optional.of(Duration.ofSeconds(3))));
    assertThat(bugle().status().counters().flaps()).isZero();

    stopForwarding();
    try {
      BfdStateChange change = awaitLeftUp();
      assertThat(change.diagnostic()).isEqualTo(Diagnostic.ECHO_FUNCTION_FAILED);
      assertThat(change.isFailure()).isTrue();
      Eventually.see(
          "FRR says that the session is not UP",
          Deadlines.ROUTE,
          router()::session,
          seen -> !seen.isUp());
    } finally {
      forwardAgain();
    }
    awaitUp(); // it may have tried more than once meanwhile
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"IPV4", "IPV6"})
  void routerWithoutBfdIsWatchedByWhatItForwards(BfdPath.Family family) {
    BfdPath path = BfdPath.over(machine(), family);
    startBugle(
        BugleBfd.start(
            path,
            TIMING.profile().build(),
            ignored ->
                BfdSessionConfig.unaffiliatedEcho(path.router(), path.bugle(), machine().name())
                    .profile(TIMING.profile().build())));
    awaitBugle(State.UP);

    stopForwarding();
    try {
      BfdStateChange change = awaitLeftUp();
      assertThat(change.diagnostic()).isEqualTo(Diagnostic.CONTROL_DETECTION_TIME_EXPIRED);
      assertThat(change.silence()).isGreaterThanOrEqualTo(TIMING.detectionTimeOf(TIMING));
    } finally {
      forwardAgain();
    }
    awaitBugle(State.UP);
    assertEveryFlapWasTold();
  }

  private void awaitBugle(State state) {
    Eventually.see(
        "Bugle says " + state, Deadlines.SESSION, () -> bugle().status().state(), state::equals);
  }

  private void stopForwarding() {
    machine()
        .run(
            "nft",
            "add table inet halt { chain forward { type filter hook forward priority 0; drop; }; }")
        .succeeded();
  }

  private void forwardAgain() {
    machine().run("nft", "delete table inet halt").succeeded();
  }
}
