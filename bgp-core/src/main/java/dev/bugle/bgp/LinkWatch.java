package dev.bugle.bgp;

import dev.bugle.bgp.wire.Ipv6Address;
import java.time.Duration;
import java.util.Optional;

/**
 * When to make ourselves known on a link, and who is known there. In rounds: a few soon after each
 * other at first, as RFC 4861 §6.2.4 has it, then at long intervals. Times are of one monotonic
 * clock, in nanoseconds.
 */
final class LinkWatch {

  /** MAX_INITIAL_RTR_ADVERTISEMENTS of RFC 4861 §10. */
  private static final int INITIAL_ROUNDS = 3;

  /** MIN_DELAY_BETWEEN_RAS of RFC 4861 §10. */
  private static final long SHORT = Duration.ofSeconds(3).toNanos();

  private static final long LONG = Duration.ofSeconds(10).toNanos();

  /** Whoever floods the link with advertisements is listened to this seldom. */
  private static final long DEAF = Duration.ofSeconds(1).toNanos();

  private int rounds;
  private long last;
  private long next;
  private long lastHeard;
  private Optional<Ipv6Address> router = Optional.empty();

  /** The first round is due now. */
  LinkWatch(long now) {
    this.next = now;
  }

  boolean isDue(long now) {
    return now - next >= 0;
  }

  /** When the next round is due. */
  long next() {
    return next;
  }

  /** A round has been made. */
  void madeRound(long now) {
    rounds++;
    last = now;
    next = now + (rounds < INITIAL_ROUNDS ? SHORT : LONG);
  }

  /** The router that was heard last. */
  Optional<Ipv6Address> router() {
    return router;
  }

  /**
   * There is a router. One that is new has not heard of us yet: the next round is early.
   *
   * @return false when it comes too soon after another, and counts for nothing
   */
  boolean heard(Ipv6Address from, long now) {
    if (router.isPresent() && now - lastHeard < DEAF) {
      return false;
    }
    lastHeard = now;
    if (!router.equals(Optional.of(from))) {
      router = Optional.of(from);
      if (rounds > 0 && next - last > SHORT) {
        next = last + SHORT;
      }
    }
    return true;
  }
}
