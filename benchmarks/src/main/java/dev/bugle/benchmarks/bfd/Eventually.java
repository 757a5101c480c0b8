package dev.bugle.benchmarks.bfd;

import java.io.IOException;
import java.time.Duration;

/** Waits for what can only be asked about. */
final class Eventually {

  private static final long PAUSE_MILLIS = 20;

  private Eventually() {}

  /** Whether something is so, at this moment. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /**
   * Returns as soon as it is so.
   *
   * @param claim what is to be so, for the exception
   * @throws IOException when the limit has passed
   */
  static void require(Duration limit, String claim, Condition condition)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - began > limit.toNanos()) {
        throw new IOException("not so within " + limit.toSeconds() + " s: " + claim);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}
