package dev.bugle.bgp;

import java.time.Duration;
import java.util.Optional;

/**
 * How many destinations of a family a peer may announce, and what happens beyond: it is told of in
 * the log in any case. All count that the peer has announced and not withdrawn, those too that
 * import policy rejects, since they take memory as well.
 *
 * @param maximum how many are in order, at least 1
 * @param warningPercent from which share of that on it is told of in the log, 1 to 100
 * @param exceeded what becomes of more
 * @param restartAfter when a session that ended for it begins again; empty: when {@link Peer#reset}
 *     is called
 */
public record PrefixLimit(
    int maximum, int warningPercent, Exceeded exceeded, Optional<Duration> restartAfter) {

  /** What becomes of routes beyond the limit. */
  public enum Exceeded {
    /** They are taken like all others. */
    WARN,
    /** They are not taken; what the peer has announced before stays, and may change. */
    DISCARD,
    /** The session ends with Cease/Maximum Number of Prefixes Reached (RFC 4486 §4). */
    TEARDOWN
  }

  private static final int USUAL_WARNING = 75;

  /** Checks the values. */
  public PrefixLimit {
    if (maximum < 1) {
      throw new IllegalArgumentException("prefix limit " + maximum + " is less than 1");
    }
    if (warningPercent < 1 || warningPercent > 100) {
      throw new IllegalArgumentException(
          "warning at " + warningPercent + " % of the prefix limit is not in 1 to 100 %");
    }
    restartAfter.ifPresent(PrefixLimit::requirePositive);
    if (restartAfter.isPresent() && exceeded != Exceeded.TEARDOWN) {
      throw new IllegalArgumentException(
          "a session that is not torn down does not begin again; take the time out, or tear down");
    }
  }

  private static void requirePositive(Duration pause) {
    if (pause.isNegative() || pause.isZero()) {
      throw new IllegalArgumentException(
          "the session cannot begin again after " + pause + "; give some seconds");
    }
  }

  /** So many are in order, with a warning from three quarters on. */
  public static PrefixLimit of(int maximum, Exceeded exceeded) {
    return new PrefixLimit(maximum, USUAL_WARNING, exceeded, Optional.empty());
  }

  /** From how many on it is told of in the log. */
  int warningAt() {
    return (int) (((long) maximum * warningPercent + 99) / 100);
  }
}
