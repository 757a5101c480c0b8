package dev.bugle.bgp.session;

import java.time.Duration;

/**
 * The times of a session.
 *
 * @param holdTime proposed: 0 (never) or 3 to 65535 whole seconds (RFC 4271 §4.2)
 * @param connectRetry the longest pause between attempts to connect; attempts start at half a
 *     second and double
 */
public record SessionTimes(Duration holdTime, Duration connectRetry) {

  /** A hold time of 90 s (RFC 4271 §10), a longest pause of 30 s. */
  public static final SessionTimes DEFAULT =
      new SessionTimes(Duration.ofSeconds(90), Duration.ofSeconds(30));

  /** Checks each. */
  public SessionTimes {
    long seconds = holdTime.toSeconds();
    if (!Duration.ofSeconds(seconds).equals(holdTime)
        || seconds < 0
        || seconds == 1
        || seconds == 2
        || seconds > 0xFFFF) {
      throw new IllegalArgumentException(
          "hold time " + holdTime + " is neither 0 nor 3 to 65535 whole seconds");
    }
    if (connectRetry.isNegative() || connectRetry.isZero()) {
      throw new IllegalArgumentException("connect retry " + connectRetry + " is not positive");
    }
  }
}
