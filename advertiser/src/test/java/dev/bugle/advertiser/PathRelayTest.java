package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.BfdSession;
import dev.bugle.bfd.BfdStateChange;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What BGP hears of each change of a BFD session. */
class PathRelayTest {

  /** The relay never looks at it. */
  private static final BfdSession SESSION = null;

  private final List<String> told = new ArrayList<>();
  private boolean sharesFate;
  private final PathRelay relay = new PathRelay(session -> sharesFate);

  private void change(State from, State to, Diagnostic why, boolean isFailure) {
    relay.stateChanged(
        SESSION,
        new BfdStateChange(from, to, why, isFailure, Duration.ofMillis(150), Duration.ZERO));
  }

  private void follow() {
    relay.follow((state, cause) -> told.add(state + " " + cause));
  }

  private void comeUp() {
    change(State.DOWN, State.INIT, Diagnostic.NONE, false);
    change(State.INIT, State.UP, Diagnostic.NONE, false);
  }

  @Test
  void aFailureIsDownWithItsCause() {
    follow();
    comeUp();
    change(State.UP, State.DOWN, Diagnostic.CONTROL_DETECTION_TIME_EXPIRED, true);
    comeUp();
    change(State.UP, State.DOWN, Diagnostic.NEIGHBOR_SIGNALED_SESSION_DOWN, true);

    assertThat(told)
        .containsExactly(
            "DOWN BFD: not up yet",
            "UP BFD: up",
            "DOWN BFD: control detection time expired: nothing received for 150.0 ms (own delay"
                + " 0.0 ms)",
            "UP BFD: up",
            "DOWN BFD: neighbor signaled session down");
  }

  /** RFC 5882 §4.3. */
  @Test
  void whereTheRouterMayMerelyBeRestartingThatIsTold() {
    follow();
    comeUp();
    sharesFate = true;
    change(State.UP, State.DOWN, Diagnostic.CONTROL_DETECTION_TIME_EXPIRED, true);

    assertThat(told).last().asString().startsWith("DOWN_OR_RESTARTING BFD: control detection time");
  }

  /** RFC 5882 §3.2. */
  @Test
  void adminDownOnEitherSideIsNoFailure() {
    follow();
    comeUp();
    change(State.UP, State.DOWN, Diagnostic.NEIGHBOR_SIGNALED_SESSION_DOWN, false);
    comeUp();
    change(State.UP, State.ADMIN_DOWN, Diagnostic.ADMINISTRATIVELY_DOWN, false);
    change(State.ADMIN_DOWN, State.DOWN, Diagnostic.NONE, false);

    assertThat(told)
        .containsExactly(
            "DOWN BFD: not up yet",
            "UP BFD: up",
            "ADMIN_DOWN BFD: switched off by the router (AdminDown)",
            "UP BFD: up",
            "ADMIN_DOWN BFD: administratively down",
            "DOWN BFD: not up yet");
  }

  @Test
  void whatFailsBeforeItWasUpIsDown() {
    follow();
    change(State.DOWN, State.INIT, Diagnostic.NONE, false);
    change(State.INIT, State.DOWN, Diagnostic.CONTROL_DETECTION_TIME_EXPIRED, false);

    assertThat(told)
        .containsExactly("DOWN BFD: not up yet", "DOWN BFD: control detection time expired");
  }

  @Test
  void whoComesLaterIsToldHowItIs() {
    comeUp();
    follow();
    assertThat(told).containsExactly("UP BFD: up");
  }
}
