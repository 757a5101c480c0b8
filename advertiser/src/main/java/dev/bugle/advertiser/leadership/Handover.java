package dev.bugle.advertiser.leadership;

import java.time.Duration;

/**
 * In which order a leadership that is still held is handed over. One that is over, by its time or
 * by its loss, is always withdrawn at once.
 *
 * @param order what comes first
 * @param overlap how long the routes stay after another was let lead; zero unless they overlap
 */
public record Handover(Order order, Duration overlap) {

  /** What comes first. */
  public enum Order {
    /** Withdraw, flush to the sockets, release: never are there two. */
    WITHDRAW_FIRST,
    /** Release, and withdraw a while later: never is there none. For anycast only. */
    OVERLAP
  }

  /** Withdraw, flush, release. */
  public static final Handover WITHDRAW_FIRST = new Handover(Order.WITHDRAW_FIRST, Duration.ZERO);

  /** Checks that an overlap has a length, and what does not overlap has none. */
  public Handover {
    boolean overlaps = order == Order.OVERLAP;
    if (overlap.isNegative() || overlap.isZero() == overlaps) {
      throw new IllegalArgumentException(order + " does not go with an overlap of " + overlap);
    }
  }

  /** Release, and withdraw that much later. */
  public static Handover overlapping(Duration overlap) {
    return new Handover(Order.OVERLAP, overlap);
  }
}
