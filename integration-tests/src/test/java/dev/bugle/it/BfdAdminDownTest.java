package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.BfdStateChange;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.State;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that their operators switch off and on: no failure, if the other side is told. */
class BfdAdminDownTest extends BfdContract {

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void routerHearsThatBugleIsSwitchedOff(BfdKind kind) {
    establish(kind, STEADY);
    bugle().session().disable();
    awaitAdminDownHeard();
    BfdStateChange change = awaitLeftUp();
    assertThat(change.to()).isEqualTo(State.ADMIN_DOWN);
    assertThat(change.diagnostic()).isEqualTo(Diagnostic.ADMINISTRATIVELY_DOWN);
    assertThat(change.isFailure()).isFalse();

    bugle().session().enable();
    awaitUpAgain();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void routerHearsThatBugleIsClosed(BfdKind kind) {
    establish(kind, STEADY);
    bugle().close();
    awaitAdminDownHeard();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void bugleTellsARouterThatIsSwitchedOffFromOneThatFails(BfdKind kind) {
    establish(kind, STEADY);
    router().switchOff();
    BfdStateChange change = awaitLeftUp();
    assertThat(change.to()).isEqualTo(State.DOWN);
    if (router().tellsThatItIsSwitchedOff()) {
      assertThat(change.isFailure()).as("failure in %s", change).isFalse();
      assertThat(change.diagnostic()).isEqualTo(Diagnostic.NEIGHBOR_SIGNALED_SESSION_DOWN);
      awaitRouter(BfdSeen.State.ADMIN_DOWN);
    } else {
      // It falls silent, which nobody can tell from a failure.
      assertThat(change.isFailure()).as("failure in %s", change).isTrue();
      assertThat(change.diagnostic()).isEqualTo(Diagnostic.CONTROL_DETECTION_TIME_EXPIRED);
      awaitRouter(BfdSeen.State.ABSENT);
    }

    router().switchOn();
    awaitUpAgain();
  }

  private void awaitAdminDownHeard() {
    Eventually.see(
        "the router is down and has heard AdminDown from Bugle",
        Deadlines.ROUTE,
        this::bothSides,
        ignored ->
            router().session().state() == BfdSeen.State.DOWN && router().hasHeardAdminDown());
  }
}
