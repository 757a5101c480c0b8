package dev.bugle.advertiser.addresses;

import java.time.Duration;

/**
 * When something may be tried again: at first at once, then later and later, until nothing had to
 * be tried for a while.
 */
final class BackOff {

  private static final long SHORTEST = Duration.ofMillis(100).toNanos();
  private static final long LONGEST = Duration.ofSeconds(10).toNanos();
  private static final long CALM = Duration.ofSeconds(30).toNanos();

  private long delay;
  private long next;

  /** Whether it may be tried at that moment. */
  boolean isDue(long now) {
    return now >= next;
  }

  /** The moment from which on it may be tried. */
  long next() {
    return next;
  }

  /** It is tried. */
  void tried(long now) {
    delay = now - next > CALM ? 0 : delay;
    delay = Math.min(LONGEST, Math.max(SHORTEST, 2 * delay));
    next = now + delay;
  }
}
