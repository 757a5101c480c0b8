package dev.bugle.it;

import java.time.Duration;

/**
 * The times of a {@link ClusterLab}, in the words of client-go, and what docs/safety.md derives
 * from them. What is asserted is that, and the time that a change takes to get to the router.
 *
 * @param lease {@code lease-duration}
 * @param deadline {@code renew-deadline}
 * @param retry {@code retry-period}
 * @param hold the hold time
 * @param bfd whether the paths are watched
 */
record ClusterTerms(Duration lease, Duration deadline, Duration retry, Duration hold, boolean bfd) {

  /** How long the nodes keep the Lease although no peer is up. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** How long one answer of the API server may take. */
  Duration timeout() {
    return deadline.dividedBy(3);
  }

  /** A retry period, drawn out at random as much as it can be. */
  private Duration look() {
    return retry.multipliedBy(6).dividedBy(5);
  }

  /** The longest pause after failures. */
  private Duration backOff() {
    return look().multipliedBy(4);
  }

  /** When the router gives up a node of which it hears nothing. */
  Duration silence() {
    return bfd ? SafetyLab.DETECTION : hold;
  }

  /** From the last renewal to the election of another, who saw it one look late. */
  Duration takeover() {
    return lease.plus(look().multipliedBy(2));
  }

  /** From the end of the leadership of one who cannot renew to the election of another. */
  Duration expiry() {
    // The last renewal may have been done though its answer was lost.
    return takeover().plus(retry).minus(deadline);
  }

  /** The same when answers come so late, although all is done that is asked. */
  Duration lateExpiry(Duration delay) {
    return takeover().plus(delay);
  }

  /** From the end of the leadership of one who gives the Lease back to the election of another. */
  Duration handover() {
    return look();
  }

  /** From the moment at which nobody hears of a node to the election of another. */
  Duration yielding() {
    // The router may have heard the node last a third of the time before the node the router.
    return silence().dividedBy(3).plus(PATIENCE).plus(look());
  }

  /** The gap when nobody reaches the API server for that long, and it may then want that pause. */
  Duration outage(Duration length, Duration retryAfter) {
    Duration longest = longer(backOff(), retryAfter.multipliedBy(6).dividedBy(5));
    return longer(length, lease).plus(longest).plus(timeout());
  }

  static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /**
   * Long enough that all is lost that can be lost by silence of the API server, and that somebody
   * who leads on would be seen to.
   */
  Duration pastDeadline() {
    return deadline.plus(retry).plus(SafetyLab.LATENCY).plusMillis(500);
  }

  /** Long enough that another leads, and the router has given the node up. */
  Duration pastSilence() {
    return longer(takeover(), silence()).plusMillis(500);
  }
}
