package dev.bugle.bgp;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waiting in tests: always for a condition, never longer than this. */
final class Deadline {

  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final long PAUSE_NANOS = 1_000_000;

  private Deadline() {}

  /** Between two looks at a condition: whoever is to fulfil it needs the processor. */
  static void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  static <T> T await(CompletionStage<T> stage)
      throws ExecutionException, InterruptedException, TimeoutException {
    return stage.toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Takes from the queue until something fits; what does not is dropped. */
  static <T> T await(BlockingQueue<T> queue, String what, Predicate<? super T> fits)
      throws InterruptedException {
    return await(queue, what, fits, LIMIT);
  }

  /** The same, for what takes its time. */
  static <T> T await(BlockingQueue<T> queue, String what, Predicate<? super T> fits, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    StringBuilder seen = new StringBuilder();
    while (true) {
      T next = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new AssertionError("no " + what + " within " + limit + "; seen:" + seen);
      }
      if (fits.test(next)) {
        return next;
      }
      seen.append("\n  ").append(next);
    }
  }
}
