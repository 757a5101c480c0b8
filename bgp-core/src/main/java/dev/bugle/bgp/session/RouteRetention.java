package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.capability.LongLivedGracefulRestartCapability;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * That we keep what the peer has announced while it is away, if it asks for that: the helper's side
 * of graceful restart (RFC 4724 §4.2), and of the long-lived one (RFC 9494 §4.2). It is the
 * counterpart of {@link GracefulRestart}.
 *
 * @param longestRestartTime after which it must be back, if it does not ask for less; whole seconds
 * @param longestStaleTime how long after its return it may take to announce everything again
 * @param longLivedStaleTime for how long after the restart time its paths are kept as the last
 *     resort, if it does not ask for less; zero: not at all
 * @param afterNotification whether also after a NOTIFICATION and an expired hold timer (RFC 8538)
 */
public record RouteRetention(
    Duration longestRestartTime,
    Duration longestStaleTime,
    Duration longLivedStaleTime,
    boolean afterNotification) {

  /**
   * Any restart time that a peer can ask for, and then six minutes for its routes; nothing after a
   * NOTIFICATION, and nothing beyond.
   */
  public static final RouteRetention DEFAULT =
      new RouteRetention(Duration.ofSeconds(4095), Duration.ofMinutes(6), Duration.ZERO, false);

  /** Checks the times. */
  public RouteRetention {
    require("restart time", longestRestartTime);
    require("stale time", longestStaleTime);
    require("long-lived stale time", longLivedStaleTime);
  }

  private static void require(String what, Duration time) {
    Duration longest = LongLivedGracefulRestartCapability.MAX_STALE_TIME;
    if (time.isNegative()
        || time.compareTo(longest) > 0
        || !time.truncatedTo(ChronoUnit.SECONDS).equals(time)) {
      throw new IllegalArgumentException(
          what + " " + time + " is not in 0 to " + longest.toSeconds() + " whole seconds");
    }
  }
}
