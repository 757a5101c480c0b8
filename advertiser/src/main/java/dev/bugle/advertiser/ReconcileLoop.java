package dev.bugle.advertiser;

import dev.bugle.advertiser.time.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The thread that runs the passes of a {@link Reconciler}: when woken, and when one is due. */
final class ReconcileLoop implements AutoCloseable {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  /** While no pass is under way. */
  private static final long IDLE = -1;

  private final Ticker ticker;
  private final AtomicBoolean due = new AtomicBoolean(true);
  private final Thread thread = new Thread(this::run, "bugle-reconciler");
  private volatile @Nullable Reconciler reconciler;
  private volatile boolean closed;
  private volatile long passBegan = IDLE;

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
    Reconciler passes = Objects.requireNonNull(reconciler);
    while (!closed) {
      due.set(false);
      passBegan = ticker.nanos();
      long next = passes.pass();
      passBegan = IDLE;
      await(next);
    }
  }

  /** Whether passes go on: none takes longer than that. So it is said also after the end. */
  boolean isAlive(Duration limit) {
    long began = passBegan;
    boolean stuck = began != IDLE && ticker.nanos() - began > limit.toNanos();
    return closed || reconciler == null || (thread.isAlive() && !stuck);
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
