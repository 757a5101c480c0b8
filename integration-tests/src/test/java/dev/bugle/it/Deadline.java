package dev.bugle.it;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A moment by which something must have happened. */
final class Deadline {

  private final Duration limit;
  private final long end;

  Deadline(Duration limit) {
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /** Fails with that text when it has passed. */
  void check(Supplier<String> seen) {
    if (System.nanoTime() - end > 0) {
      throw new AssertionError(
          "not seen within %d s; last seen: %s".formatted(limit.toSeconds(), seen.get()));
    }
  }

  /** Lets time pass, for a fault that is to last or a state that is to be watched. */
  static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
