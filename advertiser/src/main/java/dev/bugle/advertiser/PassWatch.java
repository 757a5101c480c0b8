package dev.bugle.advertiser;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Notices, on a thread of its own, that passes are due and none is finished: the reconciler's
 * thread hangs, in a write to a log that nobody reads, say. Nobody would withdraw then, while the
 * sessions live on. It counts its own looks and not the time, so that a whole process that was
 * stopped has its chance to go on. A pass that goes on from VIP to VIP, slowly since they are many
 * and the machine is busy, does not hang; but there is an end to that, too.
 */
final class PassWatch implements AutoCloseable {

  /** From the moment at which a pass was due, or at which it last went on. */
  static final Duration LIMIT = Duration.ofSeconds(2);

  /** From the moment at which a pass was due, though it goes on. */
  static final Duration LONGEST = Duration.ofSeconds(10);

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final BooleanSupplier isBehind;
  private final LongSupplier steps;
  private final Runnable whenStuck;
  private final Thread thread = new Thread(this::run, "bugle-pass-watch");
  private volatile boolean closed;
  private long looks;
  private long looksWithoutStep;
  private long stepsSeen;

  /**
   * Not looking yet.
   *
   * @param isBehind whether a pass is due, and none was finished since it was asked before
   * @param steps how many VIPs the passes have seen to; any number that grows where they go on
   * @param whenStuck called once
   */
  PassWatch(BooleanSupplier isBehind, LongSupplier steps, Runnable whenStuck) {
    this.isBehind = isBehind;
    this.steps = steps;
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
    long now = steps.getAsLong();
    boolean isBehindNow = isBehind.getAsBoolean();
    looks = isBehindNow ? looks + 1 : 0;
    looksWithoutStep = isBehindNow && now == stepsSeen ? looksWithoutStep + 1 : 0;
    stepsSeen = now;
    if (looksWithoutStep < looksIn(LIMIT) && looks < looksIn(LONGEST)) {
      return false;
    }
    whenStuck.run();
    return true;
  }

  private static long looksIn(Duration time) {
    return time.dividedBy(LOOK_EVERY);
  }

  /** Ends it; does not wait for what it may be doing. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
