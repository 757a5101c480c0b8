package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.bgp.session.PathState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as a session that BFD has ended, and how long that took. */
class PathLatencyTest {

  private final ManualTicker ticker = new ManualTicker();
  private final List<Long> measured = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final PathLatency latency = new PathLatency(ticker, measured::add);
  private final PathSink path = latency.before((state, cause) -> told.add(state + " " + cause));

  private void after(long nanos) {
    ticker.advanceTo(ticker.nanos() + nanos);
  }

  private void establish() {
    latency.session(true);
  }

  private void end() {
    latency.session(false);
  }

  @Test
  void aFailedPathCountsUntilItsSessionHasEnded() {
    path.pathState(PathState.UP, "up");
    establish();
    after(100);
    path.pathState(PathState.DOWN, "silence");
    after(7);
    end();
    assertThat(measured).containsExactly(7L);
    assertThat(told).containsExactly("UP up", "DOWN silence");

    path.pathState(PathState.UP, "up");
    establish();
    path.pathState(PathState.DOWN_OR_RESTARTING, "silence");
    after(9);
    end();
    assertThat(measured).containsExactly(7L, 9L);
  }

  @Test
  void aPathThatIsUpAgainBeforeTheSessionHasEndedCounts() {
    path.pathState(PathState.UP, "up");
    establish();
    path.pathState(PathState.DOWN, "signaled by the router");
    after(3);
    path.pathState(PathState.UP, "up");
    after(4);
    end();
    assertThat(measured).containsExactly(7L);
  }

  @Test
  void aSessionThatEndsForAnotherReasonDoesNotCount() {
    path.pathState(PathState.UP, "up");
    establish();
    end();
    establish();
    path.pathState(PathState.ADMIN_DOWN, "switched off");
    after(1);
    end();
    assertThat(measured).isEmpty();
  }

  @Test
  void aPathThatWasNotUpYetHasNotFailed() {
    establish();
    path.pathState(PathState.DOWN, "not up yet");
    after(1);
    end();
    assertThat(measured).isEmpty();
  }

  @Test
  void aPathThatFailsWithoutASessionDoesNotCountForTheNextOne() {
    path.pathState(PathState.UP, "up");
    path.pathState(PathState.DOWN, "silence");
    after(1);
    establish();
    after(1);
    end();
    assertThat(measured).isEmpty();
  }
}
