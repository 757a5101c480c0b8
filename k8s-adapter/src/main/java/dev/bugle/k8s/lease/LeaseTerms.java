package dev.bugle.k8s.lease;

import java.time.Duration;

/**
 * The times of an election, which have the names and the meaning that they have in client-go. All
 * candidates should have the same.
 *
 * @param leaseDuration how long others wait after they saw the holder's last renewal, in whole
 *     seconds; it stands in the Lease
 * @param renewDeadline how long the holder leads after the start of the last renewal that succeeded
 * @param retryPeriod how often the Lease is renewed by its holder, and read by the others
 */
public record LeaseTerms(Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {

  /** Those of client-go. */
  public static final LeaseTerms DEFAULTS =
      new LeaseTerms(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

  /** Checks that the holder has given up before another may begin, and can miss a renewal. */
  public LeaseTerms {
    if (leaseDuration.toNanosPart() != 0 || leaseDuration.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "lease-duration is not a whole number of seconds, and a Lease has no place for anything"
              + " else");
    }
    if (leaseDuration.compareTo(renewDeadline) <= 0) {
      throw new IllegalArgumentException(
          "renew-deadline is not shorter than lease-duration, so two could lead at a time; shorten"
              + " renew-deadline or lengthen lease-duration");
    }
    if (retryPeriod.isNegative() || retryPeriod.isZero()) {
      throw new IllegalArgumentException("a retry-period of " + retryPeriod + " is not positive");
    }
    if (renewDeadline.compareTo(retryPeriod.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "renew-deadline is shorter than two retry-periods, so one failed renewal would lose the"
              + " Lease; lengthen renew-deadline or shorten retry-period");
    }
  }

  /** The lease as it is written. */
  int leaseSeconds() {
    return Math.toIntExact(leaseDuration.toSeconds());
  }

  /** How long one request may take: three fit before the deadline. */
  Duration requestTimeout() {
    return renewDeadline.dividedBy(3);
  }
}
