package dev.bugle.k8s.lease;

import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.k8s.api.ApiConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Leads while it holds a Lease of Kubernetes.
 *
 * <p>Its thread makes the calls that a {@link LeaseFsm} wants, one at a time, and never under the
 * monitor, so that whoever calls this elector does not wait for the API server. The leadership that
 * is held ends at its time whatever this thread is doing.
 */
final class LeaseElector implements Elector {

  /** How long closing waits for the Lease to be given up. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final ApiConnection api;
  private final LeaseApi leases;
  private final Ticker ticker;
  private final Thread thread;
  private final Clock wall = Clock.systemUTC();
  private volatile Runnable changed = () -> {};
  private volatile boolean closed;
  private volatile Leadership leadership;

  // Only under the monitor.
  private final LeaseFsm fsm;

  /**
   * One that has not started.
   *
   * @param identity the name of this candidate, which no other has
   * @param api its own, which it closes
   */
  LeaseElector(String identity, LeaseConfig config, ApiConnection api, Ticker ticker) {
    this.api = api;
    this.leases = new LeaseApi(api, config.lease());
    this.ticker = ticker;
    Pace pace =
        new Pace(config.terms().retryPeriod(), () -> ThreadLocalRandom.current().nextDouble());
    this.fsm = new LeaseFsm(config.lease().toString(), identity, config.terms(), pace);
    this.leadership = fsm.leadership();
    this.thread = new Thread(this::run, "bugle-lease-" + config.lease().name());
    thread.setDaemon(true);
  }

  @Override
  public void stand(boolean candidate) {
    synchronized (this) {
      fsm.stand(candidate, ticker.nanos());
      leadership = fsm.leadership();
    }
    LockSupport.unpark(thread);
  }

  @Override
  public void start(Runnable whenChanged) {
    changed = whenChanged;
    thread.start();
  }

  @Override
  public Leadership leadership() {
    return leadership;
  }

  @Override
  public void release() {
    synchronized (this) {
      fsm.release(ticker.nanos());
      leadership = fsm.leadership();
    }
    LockSupport.unpark(thread);
  }

  @Override
  public void close() {
    stand(false);
    release();
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_LIMIT.toMillis());
      thread.interrupt(); // Others must wait for the Lease to run out.
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted() && !(closed && isOut())) {
        step();
      }
    } finally {
      api.close();
    }
  }

  private synchronized boolean isOut() {
    return fsm.isOut();
  }

  /** One call, or a wait until one is due. */
  private void step() {
    long start;
    Optional<LeaseCall> call;
    long patience;
    long due;
    Leadership before = leadership;
    synchronized (this) {
      start = ticker.nanos();
      call = fsm.next(start, Instant.now(wall));
      patience = fsm.patience(start);
      due = fsm.due();
      leadership = fsm.leadership();
    }
    tell(before);
    if (call.isEmpty()) {
      LockSupport.parkNanos(this, due - ticker.nanos());
      return;
    }
    LeaseAnswer answer = leases.call(call.get(), Duration.ofNanos(patience));
    Leadership known = leadership;
    synchronized (this) {
      fsm.answered(call.get(), answer, start, ticker.nanos());
      leadership = fsm.leadership();
    }
    tell(known);
  }

  private void tell(Leadership before) {
    Leadership after = leadership;
    if (before.state() != after.state() || !before.reason().equals(after.reason())) {
      changed.run();
    }
  }
}
