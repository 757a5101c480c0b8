package dev.bugle.advertiser.health;

import java.time.Duration;
import java.util.Optional;

/**
 * When a check probes, and how many results change its state.
 *
 * @param interval from the start of a probe to the start of the next
 * @param fastInterval the same while the state is not known, or while results speak against it
 * @param timeout how long a probe may take in all; one that takes longer has failed
 * @param rise how many probes must pass in a row until it is up
 * @param fall how many must fail in a row until it is down
 * @param damping what is done about a check that goes up and down; nothing without it
 */
public record HealthTiming(
    Duration interval,
    Duration fastInterval,
    Duration timeout,
    int rise,
    int fall,
    Optional<Damping> damping) {

  /** How late the threads of a busy machine may be without a doubt about what they have found. */
  private static final Duration LATENESS = Duration.ofSeconds(1);

  /** Checks that the durations are positive and the fast interval is not the slower one. */
  public HealthTiming {
    requirePositive("interval", interval);
    requirePositive("fast interval", fastInterval);
    requirePositive("timeout", timeout);
    if (fastInterval.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "the fast interval is longer than the interval; shorten fast-interval or lengthen"
              + " interval");
    }
    if (rise < 1 || fall < 1) {
      throw new IllegalArgumentException("rise and fall are at least 1");
    }
  }

  /**
   * Holding down what goes up and down, longer each time.
   *
   * @param flaps how many losses of the state UP are too many
   * @param within the time in which so many are too many; and how long it must stay up after having
   *     been held down until that is forgotten
   * @param holdDown how long it is held down the first time; each further time twice as long
   * @param maxHoldDown the longest time that it is held down
   */
  public record Damping(int flaps, Duration within, Duration holdDown, Duration maxHoldDown) {

    /** Checks that the durations are positive and grow. */
    public Damping {
      if (flaps < 1) {
        throw new IllegalArgumentException("flaps are at least 1");
      }
      requirePositive("time of the flaps", within);
      requirePositive("hold-down", holdDown);
      if (maxHoldDown.compareTo(holdDown) < 0) {
        throw new IllegalArgumentException(
            "the longest hold-down is shorter than the first; lengthen max-hold-down or shorten"
                + " hold-down");
      }
    }

    /** How long it is held down after so many times before. */
    Duration holdDownAfter(int times) {
      Duration hold = holdDown;
      for (int i = 0; i < times && hold.compareTo(maxHoldDown) < 0; i++) {
        hold = hold.multipliedBy(2);
      }
      return hold.compareTo(maxHoldDown) < 0 ? hold : maxHoldDown;
    }
  }

  /**
   * The longest that a failure can go unnoticed, from the start of the last probe that passed, when
   * every further probe gets no answer at all.
   */
  public Duration longestDetection() {
    return longer(interval, timeout)
        .plus(timeout)
        .plus(longer(fastInterval, timeout).multipliedBy(fall - 1L));
  }

  /** How long a probe that passed keeps a check up, from its start. */
  Duration upFor() {
    return longestDetection().plus(LATENESS);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static void requirePositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("the " + what + " must be longer than nothing");
    }
  }
}
