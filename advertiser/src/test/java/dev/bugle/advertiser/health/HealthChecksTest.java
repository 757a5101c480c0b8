package dev.bugle.advertiser.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.Eventually;
import dev.bugle.advertiser.health.Health.State;
import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.advertiser.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several checks in virtual time: the probes run on real threads, but the test moves the clock and
 * does the steps.
 */
@Timeout(60)
class HealthChecksTest {

  private final ManualTicker ticker = new ManualTicker();
  private final AtomicInteger changes = new AtomicInteger();
  private final Map<Probe, ScriptedProber> probers = new HashMap<>();
  private final HealthChecks checks =
      new HealthChecks(
          ticker,
          changes::incrementAndGet,
          probe -> probers.computeIfAbsent(probe, p -> new ScriptedProber()));

  @AfterEach
  void close() {
    probers.values().forEach(ScriptedProber::release);
    checks.close();
  }

  private static Probe probe(int number) {
    return new Probe.Tcp("localhost", number);
  }

  /** Every 1 s, 200 ms while changing, 500 ms for a probe; up after 2, down after 2. */
  private static HealthCheckConfig config(int number) {
    return config(number, 1000);
  }

  private static HealthCheckConfig config(int number, long intervalMillis) {
    return new HealthCheckConfig(
        new HealthTiming(
            Duration.ofMillis(intervalMillis),
            Duration.ofMillis(200),
            Duration.ofMillis(500),
            2,
            2,
            Optional.empty()),
        probe(number));
  }

  private ScriptedProber prober(int number) {
    return probers.computeIfAbsent(probe(number), p -> new ScriptedProber());
  }

  private Health health(String name) {
    return checks.snapshot().get(name);
  }

  /** Takes a step, and more until those checks have the result of the probe that they started. */
  private void stepUntilSettled(int... numbers) {
    checks.step();
    for (int number : numbers) {
      Eventually.is(() -> prober(number).running.get() == 0, () -> "probe " + number);
    }
    // The result is there only after the probe: steps at the same time take it.
    String before = checks.snapshot().toString();
    Eventually.is(
        () -> {
          checks.step();
          return !checks.snapshot().toString().equals(before);
        },
        () -> checks.snapshot());
  }

  /** Takes steps, while no time passes, until it is so. */
  private void stepUntil(BooleanSupplier condition) {
    Eventually.is(
        () -> {
          checks.step();
          return condition.getAsBoolean();
        },
        checks::snapshot);
  }

  private boolean hasPassedOnce(String name) {
    return health(name).reason().equals("fine (1 of 2 in a row)");
  }

  private void bringUp(String name, int number) {
    stepUntilSettled(number);
    ticker.advance(Duration.ofMillis(200));
    stepUntilSettled(number);
    assertThat(health(name).state()).isEqualTo(State.UP);
  }

  @Test
  void checkComesUpAndGoesDownAndEachChangeIsTold() {
    checks.update(Map.of("a", config(1)));
    assertThat(health("a").state()).isEqualTo(State.UNKNOWN);
    bringUp("a", 1);
    assertThat(changes).hasValue(1);
    long begun = ticker.nanos();
    assertThat(health("a").upUntil()).isEqualTo(begun + Duration.ofSeconds(3).toNanos());

    prober(1).fails = true;
    ticker.advance(Duration.ofSeconds(1));
    stepUntilSettled(1);
    assertThat(health("a").reason()).isEqualTo("as told (1 of 2 in a row)");
    ticker.advance(Duration.ofMillis(200));
    stepUntilSettled(1);
    assertThat(health("a").state()).isEqualTo(State.DOWN);
    assertThat(changes).hasValue(2);
  }

  @Test
  void hungProbeIsCountedWithoutItsThreadAndNoSecondIsStarted() {
    checks.update(Map.of("a", config(1)));
    bringUp("a", 1);
    int before = prober(1).started.get();
    prober(1).hangs = true;
    ticker.advance(Duration.ofSeconds(1));
    long next = checks.step();
    assertThat(next).isEqualTo(ticker.nanos() + Duration.ofMillis(500).toNanos());
    Eventually.is(() -> prober(1).running.get() == 1, () -> "hanging");

    ticker.advance(Duration.ofMillis(499));
    checks.step();
    assertThat(health("a").reason()).isEqualTo("fine");
    ticker.advance(Duration.ofMillis(1));
    checks.step();
    assertThat(health("a").reason()).isEqualTo("no answer within 500ms (1 of 2 in a row)");
    // The next one would be due at once, and have half a second.
    ticker.advance(Duration.ofMillis(500));
    checks.step();
    assertThat(health("a").state()).isEqualTo(State.DOWN);
    assertThat(health("a").reason())
        .isEqualTo("no answer within 500ms, and that still hangs after 1s");
    for (int i = 0; i < 20; i++) {
      ticker.advance(Duration.ofMillis(500));
      checks.step();
    }
    assertThat(prober(1).started.get() - before).isEqualTo(1);

    prober(1).release();
    Eventually.is(() -> prober(1).running.get() == 0, () -> "released");
    Eventually.is(
        () -> {
          ticker.advance(Duration.ofMillis(1));
          checks.step();
          return health("a").state() == State.UP;
        },
        () -> health("a"));
    assertThat(prober(1).mostRunning).hasValue(1);
  }

  @Test
  void oneHungCheckDelaysNothingElse() {
    checks.update(Map.of("a", config(1), "b", config(2), "c", config(3)));
    prober(1).hangs = true;
    prober(2).hangs = true;
    stepUntilSettled(3);
    ticker.advance(Duration.ofMillis(200));
    stepUntilSettled(3);
    assertThat(health("c").state()).isEqualTo(State.UP);
    for (int i = 0; i < 10; i++) {
      long last = health("c").upUntil();
      ticker.advance(Duration.ofSeconds(1));
      checks.step();
      Eventually.is(
          () -> {
            checks.step();
            return health("c").upUntil() > last;
          },
          () -> health("c"));
    }
    assertThat(health("a").state()).isEqualTo(State.DOWN);
    assertThat(health("b").state()).isEqualTo(State.DOWN);
    assertThat(prober(3).started).hasValue(12);
  }

  @Test
  void resultThatComesAfterItsTimeIsAFailure() {
    checks.update(Map.of("a", config(1)));
    prober(1).hangs = true;
    checks.step();
    Eventually.is(() -> prober(1).running.get() == 1, () -> "hanging");
    ticker.advance(Duration.ofMillis(501));
    prober(1).release();
    Eventually.is(() -> prober(1).running.get() == 0, () -> "released");
    checks.step();
    assertThat(health("a").reason()).startsWith("no answer within 500ms (1 of 2");
  }

  @Test
  void whenTheThreadHangsUpEndsByItself() {
    checks.update(Map.of("a", config(1)));
    bringUp("a", 1);
    Health up = health("a");
    ticker.advance(Duration.ofMillis(2999));
    assertThat(up.isUpAt(ticker.nanos())).isTrue();
    ticker.advance(Duration.ofMillis(1));
    // Nobody has taken a step meanwhile.
    assertThat(health("a")).isSameAs(up);
    assertThat(up.isUpAt(ticker.nanos())).isFalse();
    int told = changes.get();
    checks.step();
    assertThat(health("a").state()).isEqualTo(State.UNKNOWN);
    assertThat(changes.get()).isEqualTo(told + 1);
  }

  @Test
  void unchangedChecksKeepTheirStateAndRunOn() {
    checks.update(Map.of("a", config(1), "b", config(2)));
    stepUntil(() -> hasPassedOnce("a") && hasPassedOnce("b"));
    ticker.advance(Duration.ofMillis(200));
    stepUntil(() -> health("a").state() == State.UP && health("b").state() == State.UP);
    Health a = health("a");
    int probes = prober(1).started.get();

    checks.update(Map.of("a", config(1), "c", config(3)));

    assertThat(checks.snapshot()).containsOnlyKeys("a", "c");
    assertThat(health("a")).isEqualTo(a);
    assertThat(health("c").state()).isEqualTo(State.UNKNOWN);
    stepUntilSettled(3);
    assertThat(prober(1).started).as("not probed before its time").hasValue(probes);
    int ofRemoved = prober(2).started.get();
    ticker.advance(Duration.ofMillis(1500));
    stepUntil(() -> prober(1).started.get() > probes);
    assertThat(prober(2).started).hasValue(ofRemoved);
  }

  @Test
  void otherTimingKeepsTheStateAndOtherProbeDoesNot() {
    checks.update(Map.of("a", config(1, 60_000)));
    bringUp("a", 1);
    int probes = prober(1).started.get();
    checks.update(Map.of("a", config(1, 300)));
    assertThat(health("a").state()).isEqualTo(State.UP);
    ticker.advance(Duration.ofMillis(300));
    checks.step();
    Eventually.is(() -> prober(1).started.get() == probes + 1, () -> "by the new interval");
    checks.update(Map.of("a", config(2, 300)));
    assertThat(health("a").state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void hungProbesOfRemovedChecksHaveABound() {
    for (int i = 1; i <= 40; i++) {
      prober(i).hangs = true;
      checks.update(Map.of("a", config(i)));
      checks.step();
      ScriptedProber last = prober(i);
      if (i <= 17) {
        Eventually.is(() -> last.running.get() == 1, last.running::get);
      }
    }
    Eventually.is(
        () -> {
          checks.step();
          return health("a").reason().contains("no thread for this one");
        },
        () -> health("a"));
    assertThat(probers.values().stream().mapToInt(p -> p.started.get()).sum()).isEqualTo(17);
  }

  @Test
  void whoeverIsToldAndThrowsStopsNothing() {
    HealthChecks told =
        new HealthChecks(
            ticker,
            () -> {
              throw new IllegalStateException("thrown by the test");
            },
            p -> prober(1));
    try {
      told.update(Map.of("a", config(1)));
      Eventually.is(
          () -> {
            ticker.advance(Duration.ofMillis(1));
            told.step();
            return told.snapshot().get("a").state() == State.UP;
          },
          told::snapshot);
    } finally {
      told.close();
    }
  }

  @Test
  void afterClosingNothingIsKnownAndNoThreadIsLeft() {
    HealthChecks real =
        HealthChecks.start(
            Map.of(
                "a", withProbe(new Probe.Exec(List.of("/bin/sleep", "100"))),
                "b", withProbe(new Probe.Tcp("127.0.0.1", 1))),
            Ticker.system(),
            () -> {});
    Eventually.is(
        () -> real.snapshot().get("b").state() == State.DOWN && sleeps() == 1,
        () -> real.snapshot() + " " + sleeps());
    real.close();
    real.close();
    assertThat(real.snapshot().values())
        .extracting(Health::state)
        .containsExactly(State.UNKNOWN, State.UNKNOWN);
    Eventually.is(() -> sleeps() == 0, () -> "programs: " + sleeps());
    // The threads of the field above are not started, and its probes none. Those of a pool that has
    // ended may still be on their way out.
    Eventually.is(() -> threads().isEmpty(), HealthChecksTest::threads);
    real.update(Map.of("c", config(1)));
    assertThat(real.snapshot()).containsOnlyKeys("a", "b");
  }

  private static HealthCheckConfig withProbe(Probe probe) {
    return new HealthCheckConfig(
        new HealthTiming(
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofSeconds(30),
            1,
            1,
            Optional.empty()),
        probe);
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("bugle-probe") || name.equals("bugle-health"))
        .toList();
  }

  private static long sleeps() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("sleep"))
        .count();
  }
}
