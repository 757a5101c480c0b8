package dev.bugle.bfd;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for conditions, never for time. */
final class Deadline {

  static final Duration LIMIT = Duration.ofSeconds(30);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private Deadline() {}

  /** Returns when it holds. */
  static void until(String what, BooleanSupplier holds) {
    until(what, holds, () -> "it does not hold");
  }

  /** Returns when it holds; if it never does, the failure tells what was seen last. */
  static void until(String what, BooleanSupplier holds, Supplier<String> seen) {
    long began = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - began > LIMIT.toNanos()) {
        throw new AssertionError("waited in vain for " + what + "; " + seen.get());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** The first that fits; those before it are thrown away. */
  static <T> T await(BlockingQueue<T> queue, String what, Predicate<T> fits) {
    long end = System.nanoTime() + LIMIT.toNanos();
    StringBuilder others = new StringBuilder();
    while (true) {
      T next;
      try {
        next = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException stopped) {
        throw new AssertionError("interrupted", stopped);
      }
      if (next == null) {
        throw new AssertionError("waited in vain for " + what + "; came: " + others);
      }
      if (fits.test(next)) {
        return next;
      }
      others.append('\n').append(next);
    }
  }
}
