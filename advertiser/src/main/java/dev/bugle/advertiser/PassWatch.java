package dev.bugle.advertiser;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Notices, on a thread of its own, that passes are due and none is finished: the reconciler's
 * thread hangs, in a write to a log that nobody reads, say. Nobody would withdraw then, while the
 * sessions live on. It counts its own looks and not the time, so that a whole process that was
 * stopped has its chance to go on.
 */
final class PassWatch implements AutoCloseable {

  /** From the moment at which a pass was due. */
  static final Duration LIMIT = Duration.ofSeconds(2);

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final long LOOKS = LIMIT.dividedBy(LOOK_EVERY);

  private final BooleanSupplier isBehind;
  private final Runnable whenStuck;
  private final Thread thread = new Thread(this::run, "bugle-pass-watch");
  private volatile boolean closed;
  private long looks;

  /**
   * Not looking yet.
   *
   * @param isBehind whether a pass is due, and none was finished since it was asked before
   * @param whenStuck called once
   */
  PassWatch(BooleanSupplier isBehind, Runnable whenStuck) {
    this.isBehind = isBehind;
    this.whenStuck = whenStuck;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closed && !look()) {
      LockSupport.parkNanos(this, LOOK_EVERY.toNanos());
    }
  }

  /** Looks once, and says whether that was the last time. */
  boolean look() {
    looks = isBehind.getAsBoolean() ? looks + 1 : 0;
    if (looks < LOOKS) {
      return false;
    }
    whenStuck.run();
    return true;
  }

  /** Ends it; does not wait for what it may be doing. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
