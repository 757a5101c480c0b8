package dev.bugle.advertiser.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.health.Health.State;
import dev.bugle.advertiser.health.HealthTiming.Damping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results one after another, and what they make of the state. */
class HealthFsmTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long START = 5 * SECOND;

  private static HealthTiming timing(int rise, int fall, Optional<Damping> damping) {
    return new HealthTiming(
        Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(3), rise, fall, damping);
  }

  private static HealthTiming damped(int flaps) {
    Damping damping =
        new Damping(flaps, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(100));
    return timing(1, 1, Optional.of(damping));
  }

  private long now = START;
  private HealthFsm fsm = new HealthFsm(timing(2, 3, Optional.empty()), now);

  private void after(long seconds) {
    now += seconds * SECOND;
  }

  private void pass() {
    fsm.passed(now, now, "status 200");
  }

  private void fail() {
    fsm.failed(now, "status 500");
  }

  /** A second later, p or f. */
  private void take(char result) {
    after(1);
    if (result == 'p') {
      pass();
    } else {
      fail();
    }
  }

  private State state() {
    return fsm.health().state();
  }

  /** Results a second apart: p passes, f fails; and the state after each of them. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          rise, fall, results,       states
          1,    1,    p,             U
          1,    1,    f,             D
          1,    1,    pfpf,          UDUD
          2,    3,    pp,            ?U
          2,    3,    pfpfpp,        ?????U
          2,    3,    fff,           ??D
          2,    3,    ffpfff,        ?????D
          2,    3,    ppffpffpfff,   ?UUUUUUUUUD
          2,    3,    ppfffpfpp,     ?UUUDDDDU
          3,    1,    pppfpppf,      ??UDDDUD
          """,
      useHeadersInDisplayName = true)
  void stateChangesAfterResultsInARow(int rise, int fall, String results, String states) {
    fsm = new HealthFsm(timing(rise, fall, Optional.empty()), now);
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < results.length(); i++) {
      take(results.charAt(i));
      seen.append(state() == State.UNKNOWN ? '?' : state().name().charAt(0));
    }
    assertThat(seen).hasToString(states);
  }

  @Test
  void nothingIsKnownBeforeTheFirstProbe() {
    assertThat(fsm.health()).isEqualTo(Health.unknown(START, "not probed yet"));
    assertThat(fsm.untilNext()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void intervalIsFastWhileResultsSpeakAgainstTheState() {
    List<Long> seconds = new ArrayList<>();
    String results = "ppfpfffpfpp";
    for (int i = 0; i < results.length(); i++) {
      take(results.charAt(i));
      seconds.add(fsm.untilNext().toSeconds());
    }
    assertThat(seconds).containsExactly(2L, 10L, 2L, 10L, 2L, 2L, 10L, 2L, 10L, 2L, 10L);
  }

  @Test
  void reasonSaysHowFarItIs() {
    pass();
    assertThat(fsm.health().reason()).isEqualTo("status 200 (1 of 2 in a row)");
    pass();
    assertThat(fsm.health().reason()).isEqualTo("status 200");
    fail();
    assertThat(fsm.health().reason()).isEqualTo("status 500 (1 of 3 in a row)");
    fail();
    fail();
    assertThat(fsm.health().reason()).isEqualTo("status 500");
    pass();
    assertThat(fsm.health().reason()).isEqualTo("status 200 (1 of 2 in a row)");
  }

  @Test
  void sinceIsTheTimeOfTheChange() {
    pass();
    after(2);
    pass();
    long up = now;
    after(10);
    pass();
    after(10);
    fail();
    assertThat(fsm.health().since()).isEqualTo(up);
    after(2);
    fail();
    after(2);
    fail();
    assertThat(fsm.health().since()).isEqualTo(now);
  }

  @Test
  void upIsCountedFromTheStartOfTheProbeThatPassed() {
    // 10 s to the next probe, 3 s for it, two more of 3 s, 1 s for lateness.
    long upFor = 20 * SECOND;
    fsm.passed(now, now + 2 * SECOND, "a");
    fsm.passed(now + 3 * SECOND, now + 5 * SECOND, "a");
    assertThat(fsm.health().upUntil()).isEqualTo(now + 3 * SECOND + upFor);
    fsm.passed(now + 13 * SECOND, now + 14 * SECOND, "a");
    long end = now + 13 * SECOND + upFor;
    assertThat(fsm.health().upUntil()).isEqualTo(end);
    fsm.failed(now + 24 * SECOND, "b");
    assertThat(fsm.health().upUntil()).as("a failure does not prolong it").isEqualTo(end);
    assertThat(fsm.health().isUpAt(end - 1)).isTrue();
    assertThat(fsm.health().isUpAt(end)).isFalse();
  }

  @Test
  void detectionTakesNoLongerThanIsSaid() {
    HealthTiming timing = timing(2, 3, Optional.empty());
    assertThat(timing.longestDetection()).isEqualTo(Duration.ofSeconds(10 + 3 + 3 + 3));
    HealthTiming slow =
        new HealthTiming(
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            1,
            3,
            Optional.empty());
    assertThat(slow.longestDetection()).isEqualTo(Duration.ofMillis(2000 + 500 + 1000 + 1000));
  }

  @Test
  void upThatNobodyRenewedIsNotRevivedByOneProbe() {
    pass();
    pass();
    after(20);
    pass();
    assertThat(state()).isEqualTo(State.UNKNOWN);
    assertThat(fsm.health().since()).isEqualTo(now);
    assertThat(fsm.health().reason()).isEqualTo("status 200 (1 of 2 in a row)");
    pass();
    assertThat(state()).isEqualTo(State.UP);
  }

  @Test
  void upEndsByItselfAtItsTime() {
    pass();
    pass();
    after(20);
    now--;
    fsm.passTime(now);
    assertThat(state()).isEqualTo(State.UP);
    now++;
    fsm.passTime(now);
    assertThat(fsm.health()).isEqualTo(Health.unknown(now, "no result came in time"));
  }

  @Test
  void resultThatIsTooOldDoesNotCount() {
    fsm.passed(now, now + 20 * SECOND, "late");
    fsm.passed(now, now + 20 * SECOND, "late");
    assertThat(fsm.health().reason()).isEqualTo("not probed yet");
  }

  @Test
  void flapsHoldItDownUntilTheTimeIsOver() {
    fsm = new HealthFsm(damped(3), now);
    for (int i = 0; i < 3; i++) {
      assertThat(state()).isNotEqualTo(State.UP);
      pass();
      assertThat(state()).isEqualTo(State.UP);
      after(5);
      fail();
      after(5);
    }
    // Lost 5 s ago for the third time, held for 30 s.
    assertThat(fsm.health().reason())
        .isEqualTo("status 500; held down for 30s, because it goes up and down");
    pass();
    assertThat(state()).isEqualTo(State.DOWN);
    assertThat(fsm.health().reason()).isEqualTo("status 200; held down for another 25s");
    assertThat(fsm.untilNext()).as("nothing changes soon").isEqualTo(Duration.ofSeconds(10));
    after(24);
    pass();
    assertThat(state()).isEqualTo(State.DOWN);
    after(1);
    pass();
    assertThat(state()).isEqualTo(State.UP);
  }

  @Test
  void flapsFarApartDoNotCount() {
    fsm = new HealthFsm(damped(3), now);
    for (int i = 0; i < 10; i++) {
      pass();
      assertThat(state()).isEqualTo(State.UP);
      after(15);
      fail();
      after(16);
    }
  }

  /** Lost when it has just come back: the hold-down grows to its bound. */
  @Test
  void holdDownGrowsUpToItsBound() {
    fsm = new HealthFsm(damped(2), now);
    pass();
    fail();
    pass();
    fail();
    for (long hold : new long[] {30, 60, 100, 100}) {
      after(hold);
      now--;
      pass();
      assertThat(state()).as("before %d s", hold).isEqualTo(State.DOWN);
      now++;
      pass();
      assertThat(state()).as("after %d s", hold).isEqualTo(State.UP);
      fail();
    }
  }

  @Test
  void holdDownIsForgottenAfterACalmTime() {
    fsm = new HealthFsm(damped(2), now);
    pass();
    fail();
    pass();
    fail();
    after(30);
    pass();
    for (int i = 0; i < 6; i++) {
      after(10);
      pass();
    }
    fail();
    pass();
    assertThat(state()).as("one loss after 60 s").isEqualTo(State.UP);
    fail();
    assertThat(fsm.health().reason()).contains("held down for 30s");
  }

  @Test
  void lossBecauseNobodyLookedIsAFlapToo() {
    fsm = new HealthFsm(damped(1), now);
    pass();
    after(14);
    fsm.passTime(now);
    assertThat(fsm.health().reason()).contains("no result came in time; held down for 30s");
    pass();
    assertThat(state()).isNotEqualTo(State.UP);
  }

  @Test
  void neverUpIsNoFlap() {
    fsm = new HealthFsm(damped(1), now);
    for (int i = 0; i < 5; i++) {
      after(1);
      fail();
    }
    pass();
    assertThat(state()).isEqualTo(State.UP);
  }

  @Test
  void otherTimingKeepsTheStateAndCountsByItFromThen() {
    pass();
    pass();
    Health up = fsm.health();
    fsm.retime(timing(2, 1, Optional.empty()));
    assertThat(fsm.health()).isEqualTo(up);
    fail();
    assertThat(state()).isEqualTo(State.DOWN);
  }

  @Test
  void takingDampingAwayEndsTheHoldDown() {
    fsm = new HealthFsm(damped(1), now);
    pass();
    fail();
    fsm.retime(timing(1, 1, Optional.empty()));
    pass();
    assertThat(state()).isEqualTo(State.UP);
  }

  @Test
  void impossibleValuesAreRefused() {
    assertThatThrownBy(() -> new Health(State.DOWN, 1, 0, "")).hasMessageContaining("DOWN");
    assertThatThrownBy(() -> timing(0, 1, Optional.empty())).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> damped(0)).hasMessageContaining("at least 1");
  }
}
