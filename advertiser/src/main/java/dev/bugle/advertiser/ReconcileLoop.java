package dev.bugle.advertiser;

import dev.bugle.advertiser.time.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The thread that runs the passes of a {@link Reconciler}: when woken, and when one is due. */
final class ReconcileLoop implements AutoCloseable {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final Ticker ticker;
  private final AtomicBoolean due = new AtomicBoolean(true);
  private final Thread thread = new Thread(this::run, "bugle-reconciler");
  private volatile @Nullable Reconciler reconciler;
  private volatile boolean closed;

  // For those who watch this thread.
  private volatile long nextAt = Long.MIN_VALUE;
  private volatile long passes;
  private final AtomicLong steps = new AtomicLong();
  private long passesSeen = -1;

  ReconcileLoop(Ticker ticker) {
    this.ticker = ticker;
    thread.setDaemon(true);
  }

  /** Begins with the passes of that one. */
  void start(Reconciler first) {
    reconciler = first;
    first.onWake(this::wake);
    thread.start();
  }

  /** Marks that a pass is due. From any thread, at once, also before the start. */
  void wake() {
    due.set(true);
    LockSupport.unpark(thread);
  }

  private void run() {
    Reconciler reconciling = Objects.requireNonNull(reconciler);
    long count = 0;
    while (!closed) {
      nextAt = Long.MIN_VALUE; // Due until it is done.
      due.set(false);
      nextAt = reconciling.pass();
      count++;
      passes = count;
      await(nextAt);
    }
  }

  /** Whether passes can go on. So it is said also before the start, and after the end. */
  boolean isAlive() {
    return closed || reconciler == null || thread.isAlive();
  }

  /**
   * Whether a pass is due, and none was finished since this was asked before. For one thread, the
   * watching one.
   */
  boolean isBehind() {
    long finished = passes;
    boolean isSame = finished == passesSeen;
    passesSeen = finished;
    return isSame && !closed && (due.get() || ticker.nanos() >= nextAt);
  }

  /** The pass has seen to one more VIP. */
  void step() {
    steps.incrementAndGet();
  }

  /** How many VIPs all passes have seen to, some more than once; from any thread. */
  long steps() {
    return steps.get();
  }

  private void await(long next) {
    while (!due.get() && !closed) {
      long left = next - ticker.nanos();
      if (left <= 0) {
        return;
      }
      LockSupport.parkNanos(this, left);
    }
  }

  /** Ends the thread, after the pass that it may be in. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
