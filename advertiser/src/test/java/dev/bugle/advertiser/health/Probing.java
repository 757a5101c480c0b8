package dev.bugle.advertiser.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.Eventually;
import dev.bugle.advertiser.health.Attempt.Deadline;
import dev.bugle.advertiser.time.DurationText;
import dev.bugle.advertiser.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One probe on a thread of its own, cancelled at its deadline as the checks do it. */
final class Probing {

  static final Duration LONG = Duration.ofSeconds(20);

  private Probing() {}

  /** What it finds within that time; nothing when its thread hangs for 10 s more. */
  static Optional<Outcome> once(Prober prober, Duration timeout) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Prober noticed =
        attempt -> {
          begun.countDown();
          return prober.probe(attempt);
        };
    Deadline deadline = new Deadline(Ticker.system().nanos() + timeout.toNanos(), timeout);
    Attempt attempt = new Attempt(noticed, Ticker.system(), deadline, () -> {});
    Thread thread = start(attempt);
    // One that is cancelled before its thread has begun has no outcome.
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    thread.join(timeout.toMillis());
    return end(attempt, thread);
  }

  /** What it says when it is cancelled as soon as that is so, as if its time were over by then. */
  static Optional<Outcome> cancelledWhen(BooleanSupplier condition, Probe probe, Duration timeout)
      throws InterruptedException {
    Deadline deadline = new Deadline(Ticker.system().nanos() + LONG.toNanos() * 2, timeout);
    Attempt attempt = new Attempt(Prober.of(probe), Ticker.system(), deadline, () -> {});
    Thread thread = start(attempt);
    Eventually.is(() -> condition.getAsBoolean() || attempt.hasEnded(), attempt::overdue);
    return end(attempt, thread);
  }

  private static Thread start(Attempt attempt) {
    Thread thread = new Thread(attempt, "probe under test");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static Optional<Outcome> end(Attempt attempt, Thread thread) throws InterruptedException {
    attempt.cancel();
    thread.join(10_000);
    return attempt.result().map(Attempt.Result::outcome);
  }

  /**
   * Its time is over while it does that. On a busy machine it may be over before it gets as far;
   * then it is given more.
   */
  static void assertOverdue(Probe probe, String doing) throws InterruptedException {
    Duration timeout = Duration.ofMillis(300);
    Outcome outcome = once(probe, timeout);
    while (outcome.reason().startsWith("no ")
        && !outcome.reason().endsWith(doing)
        && timeout.compareTo(LONG) < 0) {
      timeout = timeout.multipliedBy(4);
      outcome = once(probe, timeout);
    }
    assertThat(outcome)
        .isEqualTo(
            Outcome.failed("no answer within " + DurationText.of(timeout) + ", while " + doing));
  }

  static Outcome once(Probe probe, Duration timeout) throws InterruptedException {
    return once(Prober.of(probe), timeout).orElseThrow();
  }

  static Outcome once(Probe probe) throws InterruptedException {
    return once(probe, LONG);
  }

  static Probe.Http http(String url) {
    return http(url, Probe.Credentials.NONE);
  }

  static Probe.Http http(String url, Probe.Credentials credentials) {
    return new Probe.Http(
        HttpUrl.parse(url),
        Probe.Http.Method.GET,
        List.of(new Probe.StatusRange(200, 200)),
        HttpHeaders.NONE,
        credentials);
  }
}
