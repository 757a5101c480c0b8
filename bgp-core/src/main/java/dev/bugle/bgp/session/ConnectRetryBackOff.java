package dev.bugle.bgp.session;

import java.time.Duration;

/** The pause before the next attempt to connect: doubles with each failure, up to a bound. */
final class ConnectRetryBackOff {

  private static final Duration FIRST = Duration.ofMillis(500);

  private Duration longest;
  private Duration next;

  ConnectRetryBackOff(Duration longest) {
    this.longest = longest;
    this.next = shorter(FIRST, longest);
  }

  /** The pause to make now; the one after it is longer. */
  Duration next() {
    Duration pause = next;
    next = next.plus(shorter(next, longest.minus(next)));
    return pause;
  }

  /** Pauses are no longer than this from now on. */
  void longest(Duration pause) {
    longest = pause;
    next = shorter(next, longest);
  }

  /** The session proved itself: the next pause is the first one again. */
  void reset() {
    next = shorter(FIRST, longest);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
