package dev.bugle.it;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for a condition by asking again and again, up to a deadline. */
final class Eventually {

  private static final long PAUSE_MILLIS = 50;

  private Eventually() {}

  /**
   * Asks {@code probe} until {@code wanted} holds for its answer, and returns that answer.
   *
   * @throws AssertionError when the deadline passes; its message carries the last answer
   */
  static <T> T see(String what, Duration deadline, Supplier<T> probe, Predicate<T> wanted) {
    long end = System.nanoTime() + deadline.toNanos();
    while (true) {
      T answer = probe.get();
      if (wanted.test(answer)) {
        return answer;
      }
      if (System.nanoTime() - end >= 0) {
        throw new AssertionError(
            "%s: not seen within %.1f s. Last seen: %s"
                .formatted(what, deadline.toMillis() / 1000.0, answer));
      }
      pause(what);
    }
  }

  private static void pause(String what) {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for: " + what, e);
    }
  }
}
