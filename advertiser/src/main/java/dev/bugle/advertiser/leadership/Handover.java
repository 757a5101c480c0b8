package dev.bugle.advertiser.leadership;

import java.time.Duration;
import java.util.Optional;

/**
 * When and in which order a leadership that is still held is handed over. One that is over, by its
 * time or by its loss, is always withdrawn at once.
 *
 * @param order what comes first
 * @param overlap how long the routes stay after another was let lead; zero unless they overlap
 * @param withoutPeers how long it is kept although no peer is up; empty: for ever, and competed for
 *     before any is
 */
public record Handover(Order order, Duration overlap, Optional<Duration> withoutPeers) {

  /** Longer than most routers need to take their sessions up again after a reset. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What comes first. */
  public enum Order {
    /** Withdraw, flush to the sockets, release: never are there two. */
    WITHDRAW_FIRST,
    /** Release, and withdraw a while later: never is there none. For anycast only. */
    OVERLAP
  }

  /** Withdraw, flush, release. */
  public static final Handover WITHDRAW_FIRST =
      new Handover(Order.WITHDRAW_FIRST, Duration.ZERO, Optional.of(PATIENCE));

  /**
   * Checks that an overlap has a length, what does not overlap has none, and time is not negative.
   */
  public Handover {
    boolean overlaps = order == Order.OVERLAP;
    if (overlap.isNegative() || overlap.isZero() == overlaps) {
      throw new IllegalArgumentException(order + " does not go with an overlap of " + overlap);
    }
    withoutPeers
        .filter(Duration::isNegative)
        .ifPresent(
            negative -> {
              throw new IllegalArgumentException(negative + " without peers is negative");
            });
  }

  /** Release, and withdraw that much later. */
  public static Handover overlapping(Duration overlap) {
    return new Handover(Order.OVERLAP, overlap, Optional.of(PATIENCE));
  }

  /** The same, kept for that long although no peer is up; empty: for ever. */
  public Handover keptWithoutPeers(Optional<Duration> time) {
    return new Handover(order, overlap, time);
  }
}
