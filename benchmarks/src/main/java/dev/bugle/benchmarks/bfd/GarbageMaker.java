package dev.bugle.benchmarks.bfd;

import java.util.concurrent.TimeUnit;

/** Allocates at a steady rate, as a busy program does, and lets go of all but the latest. */
final class GarbageMaker {

  private static final int CHUNK = 16 * 1024;

  /** 4 MB live, so that a collection has something to copy. */
  private static final int KEPT = 256;

  private final long bytesPerSecond;
  private final byte[][] kept = new byte[KEPT][];

  /**
   * Makes none yet.
   *
   * @param megabytesPerSecond 0 for none at all
   */
  GarbageMaker(int megabytesPerSecond) {
    bytesPerSecond = megabytesPerSecond * 1_000_000L;
  }

  /** Does so until the thread is interrupted. */
  void run() throws InterruptedException {
    long began = System.nanoTime();
    long made = 0;
    int next = 0;
    while (true) {
      long wanted =
          bytesPerSecond * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 1000;
      for (; made < wanted; made += CHUNK) {
        kept[next] = new byte[CHUNK];
        next = (next + 1) % KEPT;
      }
      Thread.sleep(bytesPerSecond == 0 ? Long.MAX_VALUE : 1);
    }
  }
}
