package dev.bugle.bgp.session;

import java.time.Duration;
import java.util.Optional;

/**
 * The times of a session.
 *
 * @param holdTime proposed: 0 (never) or 3 to 65535 whole seconds (RFC 4271 §4.2)
 * @param sendHoldTime how long the peer may leave what we send unread, longer than the hold time;
 *     0: forever; empty: eight minutes, or twice the hold time that was agreed if that is longer
 *     (RFC 9687 §3)
 * @param connectRetry the longest pause between attempts to connect; attempts start at half a
 *     second and double
 */
public record SessionTimes(
    Duration holdTime, Optional<Duration> sendHoldTime, Duration connectRetry) {

  /** A hold time of 90 s (RFC 4271 §10), a longest pause of 30 s. */
  public static final SessionTimes DEFAULT =
      new SessionTimes(Duration.ofSeconds(90), Optional.empty(), Duration.ofSeconds(30));

  private static final Duration SHORTEST_DEFAULT_SEND_HOLD_TIME = Duration.ofMinutes(8);

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
    sendHoldTime.ifPresent(given -> requireLonger(given, holdTime));
    if (connectRetry.isNegative() || connectRetry.isZero()) {
      throw new IllegalArgumentException("connect retry " + connectRetry + " is not positive");
    }
  }

  private static void requireLonger(Duration sendHoldTime, Duration holdTime) {
    if (!sendHoldTime.isZero() && sendHoldTime.compareTo(holdTime) <= 0) {
      throw new IllegalArgumentException(
          "send hold time "
              + sendHoldTime
              + " is neither 0 nor longer than the hold time "
              + holdTime);
    }
  }

  /**
   * How long a peer with which this hold time was agreed may leave what we send unread; 0: forever.
   */
  Duration sendHoldTime(Duration agreedHoldTime) {
    if (agreedHoldTime.isZero()) {
      return Duration.ZERO; // RFC 9687 §3: who does not watch one way does not watch the other
    }
    Duration twice = agreedHoldTime.multipliedBy(2);
    return sendHoldTime.orElse(
        twice.compareTo(SHORTEST_DEFAULT_SEND_HOLD_TIME) > 0
            ? twice
            : SHORTEST_DEFAULT_SEND_HOLD_TIME);
  }
}
