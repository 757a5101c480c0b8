package dev.bugle.advertiser;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** When something that failed is tried again: later and later. One thread at a time. */
final class Retries {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private Duration next = FIRST;

  /** It has failed; how long to wait. Drawn out at random by up to a half, so that not all meet. */
  Duration failed() {
    Duration wait = next;
    next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
    double share = 1 + ThreadLocalRandom.current().nextDouble() / 2;
    return Duration.ofMillis(Math.round(wait.toMillis() * share));
  }

  /** It has succeeded. */
  void succeeded() {
    next = FIRST;
  }
}
