package dev.bugle.k8s.service;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after requests that failed, one after the other: each time twice as long, and at
 * random up to half as long again, so that nodes do not stay in step. For one thread.
 */
final class BackOff {

  private static final long SHORTEST = Duration.ofMillis(200).toNanos();
  private static final long LONGEST = Duration.ofSeconds(30).toNanos();
  private static final long LONGEST_RETRY_AFTER = Duration.ofMinutes(1).toNanos();
  private static final double JITTER = 0.5;

  private final DoubleSupplier random;
  private int failures;

  /**
   * Nothing has failed yet.
   *
   * @param random numbers from 0 to less than 1
   */
  BackOff(DoubleSupplier random) {
    this.random = random;
  }

  /** One more has failed. How long to wait, in nanoseconds; what the server wants counts. */
  long failed(Optional<Duration> retryAfter) {
    long wait = Math.min(LONGEST, SHORTEST << Math.min(failures, 20));
    failures++;
    long wanted =
        retryAfter.map(Duration::toNanos).map(n -> Math.min(n, LONGEST_RETRY_AFTER)).orElse(0L);
    long longer = Math.max(wait, wanted);
    return longer + (long) (longer * JITTER * random.getAsDouble());
  }

  /** One has succeeded. */
  void succeeded() {
    failures = 0;
  }

  boolean isFailing() {
    return failures > 0;
  }
}
