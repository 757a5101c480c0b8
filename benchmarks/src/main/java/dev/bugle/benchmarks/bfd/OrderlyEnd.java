package dev.bugle.benchmarks.bfd;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts a thread when this JVM is told to end, as by Ctrl-C, and lets it clean up before the
 * JVM is gone.
 */
final class OrderlyEnd {

  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch cleaned = new CountDownLatch(1);

  private OrderlyEnd() {}

  /** From now on, of the calling thread. */
  static OrderlyEnd ofThisThread() {
    OrderlyEnd end = new OrderlyEnd();
    Thread thread = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end.interrupt(thread)));
    return end;
  }

  private void interrupt(Thread thread) {
    if (cleaned.getCount() == 0) {
      return;
    }
    thread.interrupt();
    try {
      if (!cleaned.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("something may be left behind: the benchmark does not end");
      }
    } catch (InterruptedException e) {
      thread.interrupt();
    }
  }

  /** Everything is cleaned up. */
  void reached() {
    cleaned.countDown();
  }
}
