package dev.bugle.bfd;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Writes log lines on a thread of its own: whoever reads our output slowly must not hold up BFD.
 * Lines beyond a thousand that wait are lost.
 */
final class ThreadedJournal implements Journal, AutoCloseable {

  private static final int MAX_WAITING = 1000;
  private static final long CLOSE_MILLIS = 500;

  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          task -> {
            Thread thread = new Thread(task, "bfd-journal");
            thread.setDaemon(true);
            return thread;
          },
          new ThreadPoolExecutor.DiscardPolicy());

  /** Its thread is started here: who starts a thread waits until that has been scheduled. */
  ThreadedJournal() {
    writer.prestartAllCoreThreads();
  }

  @Override
  public void write(Runnable line) {
    writer.execute(line);
  }

  /** Lets what waits be written for a moment. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException asked) {
      writer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
