package dev.bugle.advertiser;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Notices, on a thread of its own, that passes are due and none is finished: the reconciler's
 * thread hangs, in a write to a log that nobody reads, say. Nobody would withdraw then, while the
 * sessions live on. It counts its own looks and not the time, so that a whole process that was
 * stopped has its chance to go on. And a thread that works, slowly since the machine is busy and
 * the VIPs are many, does not hang.
 */
final class PassWatch implements AutoCloseable {

  /** From the moment at which a pass was due. */
  static final Duration LIMIT = Duration.ofSeconds(2);

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final long LOOKS = LIMIT.dividedBy(LOOK_EVERY);

  /** From then on it matters whether the thread works. */
  private static final long SUSPICIOUS = LOOKS / 2;

  /** What a thread that works has of the processor from look to look, at the least. */
  private static final Duration SOME_WORK = Duration.ofMillis(1);

  private final BooleanSupplier isBehind;
  private final LongSupplier worked;
  private final Runnable whenStuck;
  private final Thread thread = new Thread(this::run, "bugle-pass-watch");
  private volatile boolean closed;
  private long looks;
  private long workedAtSuspicion;
  private long workedBefore;

  /**
   * Not looking yet.
   *
   * @param isBehind whether a pass is due, and none was finished since it was asked before
   * @param worked for how many nanoseconds the thread of the passes has had a processor; asked only
   *     when there is a suspicion
   * @param whenStuck called once
   */
  PassWatch(BooleanSupplier isBehind, LongSupplier worked, Runnable whenStuck) {
    this.isBehind = isBehind;
    this.worked = worked;
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
    if (!isBehind.getAsBoolean()) {
      looks = 0;
      return false;
    }
    if (looks < SUSPICIOUS || !isWorking()) {
      looks++;
    }
    if (looks < LOOKS) {
      return false;
    }
    whenStuck.run();
    return true;
  }

  /** Whether it has worked since the last look; for so long as a pass may take, and no longer. */
  private boolean isWorking() {
    long now = worked.getAsLong();
    if (looks == SUSPICIOUS) {
      workedAtSuspicion = now;
    }
    boolean isWorking =
        looks > SUSPICIOUS
            && now - workedBefore >= SOME_WORK.toNanos()
            && now - workedAtSuspicion < LIMIT.toNanos();
    workedBefore = now;
    return isWorking;
  }

  /** Ends it; does not wait for what it may be doing. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
