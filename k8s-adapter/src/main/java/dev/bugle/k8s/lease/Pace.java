package dev.bugle.k8s.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long to wait between two rounds of requests. Waits are drawn out at random by up to a fifth,
 * so that nodes do not stay in step. While requests fail, each wait is twice the one before, up to
 * four retry periods; a holder, whose time runs, keeps to one.
 */
final class Pace {

  private static final double JITTER = 0.2;
  private static final int LONGEST_FACTOR = 4;
  private static final long LONGEST_RETRY_AFTER = Duration.ofMinutes(1).toNanos();

  private final long period;
  private final DoubleSupplier random;
  private int failures;

  /**
   * Waits for that retry period.
   *
   * @param random numbers from 0 to less than 1
   */
  Pace(Duration retryPeriod, DoubleSupplier random) {
    this.period = retryPeriod.toNanos();
    this.random = random;
  }

  /** The retry period, in nanoseconds. */
  long period() {
    return period;
  }

  /** Whether the last round failed. */
  boolean isFailing() {
    return failures > 0;
  }

  /** A round of a candidate succeeded: how long from its start to the next. */
  long afterLook() {
    failures = 0;
    return jittered(period);
  }

  /** A round of the holder succeeded: how long from its start to the next. */
  long afterRenewal() {
    failures = 0;
    return period;
  }

  /** A round of a candidate failed: how long from its end to the next. */
  long afterFailure(Optional<Duration> wanted) {
    failures = Math.min(failures + 1, 30);
    long backOff = period * Math.min(1L << (failures - 1), LONGEST_FACTOR);
    return jittered(Math.max(backOff, wanted(wanted)));
  }

  /**
   * A round of the holder failed: how long from its end to the next. What the server wants counts
   * for no more than half of the time that is left.
   */
  long afterFailedRenewal(Optional<Duration> wanted, long left) {
    failures = Math.min(failures + 1, 30);
    return jittered(Math.max(period, Math.min(wanted(wanted), left / 2)));
  }

  private static long wanted(Optional<Duration> retryAfter) {
    return retryAfter.map(Duration::toNanos).map(n -> Math.min(n, LONGEST_RETRY_AFTER)).orElse(0L);
  }

  private long jittered(long nanos) {
    return nanos + (long) (nanos * JITTER * random.getAsDouble());
  }
}
