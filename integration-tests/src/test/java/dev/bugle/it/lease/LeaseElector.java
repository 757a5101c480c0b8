package dev.bugle.it.lease;

import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.leadership.Leadership.State;
import dev.bugle.advertiser.time.Ticker;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** Leads while it holds a lease that it renews. */
final class LeaseElector implements Elector {

  private static final String NOBODY = "-";

  private final LeaseProvider.Config config;
  private final LeaseClient client;
  private final Ticker ticker;
  private final Thread thread = new Thread(this::run, "bugle-lease");
  private volatile Runnable changed = () -> {};
  private volatile boolean closed;

  // Written under the monitor.
  private volatile Leadership leadership;
  private volatile boolean candidate;
  private boolean isToBeReturned;

  // For the thread alone.
  private long version = -1;
  private long seenAt;

  LeaseElector(LeaseProvider.Config config, Ticker ticker) {
    this.config = config;
    this.client = new LeaseClient(config.server(), config.identity(), config.timeout());
    this.ticker = ticker;
    this.leadership = Leadership.waiting(ticker.nanos(), "not started");
    thread.setDaemon(true);
  }

  @Override
  public void stand(boolean whether) {
    synchronized (this) {
      candidate = whether;
    }
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
      isToBeReturned |= leadership.isHeldAt(ticker.nanos());
      leadership = Leadership.waiting(ticker.nanos(), "released");
    }
    LockSupport.unpark(thread);
  }

  @Override
  public void close() {
    closed = true;
    release();
    try {
      thread.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      step();
      LockSupport.parkNanos(this, config.pollInterval().toNanos());
    }
    step();
  }

  private void step() {
    Leadership before = leadership;
    Leadership after = before;
    try {
      if (takeReturn()) {
        client.put(version, NOBODY, 0);
        version++;
        return;
      }
      after = next(before);
    } catch (IOException e) {
      boolean waits = before.state() == State.WAITING;
      after = waits ? Leadership.waiting(before.since(), String.valueOf(e)) : expired(before);
    }
    if (publish(before, after) && before.state() != after.state()) {
      changed.run();
    }
  }

  private synchronized boolean takeReturn() {
    boolean was = isToBeReturned;
    isToBeReturned = false;
    return was;
  }

  private synchronized boolean publish(Leadership before, Leadership after) {
    if (!leadership.equals(before)) {
      isToBeReturned |= after.state() == State.HELD; // Released meanwhile.
      return false;
    }
    if (!candidate && before.state() == State.WAITING && after.state() == State.HELD) {
      isToBeReturned = true;
      return false;
    }
    leadership = after;
    return true;
  }

  private Leadership next(Leadership before) throws IOException {
    return switch (before.state()) {
      case WAITING ->
          candidate ? compete(before) : Leadership.waiting(before.since(), "no candidate");
      case HELD, YIELDING -> renew(before);
      case LOST -> before;
    };
  }

  private Leadership compete(Leadership before) throws IOException {
    LeaseClient.Seen seen = client.get();
    long now = ticker.nanos();
    if (seen.version() != version) {
      version = seen.version();
      seenAt = now;
    }
    boolean isOver = now - seenAt >= config.lease().toNanos();
    if (!seen.isFree() && !seen.holder().equals(config.identity()) && !isOver) {
      return Leadership.waiting(before.since(), "held by " + seen.holder());
    }
    long until = until();
    return put(until)
        ? Leadership.held(until, ticker.nanos(), "holds the lease")
        : Leadership.waiting(before.since(), "another was faster");
  }

  private Leadership renew(Leadership held) throws IOException {
    long until = until();
    if (put(until)) {
      return held.isHeldAt(ticker.nanos())
          ? new Leadership(held.state(), until, held.since(), held.reason())
          : expired(held);
    }
    LeaseClient.Seen seen = client.get();
    if (seen.holder().equals(config.identity())) {
      version = seen.version(); // An answer was lost; the next renewal will do.
      return expired(held);
    }
    return Leadership.lost(ticker.nanos(), "taken by " + seen.holder());
  }

  /** Counted from before the request. */
  private long until() {
    return ticker.nanos() + config.lease().minus(config.margin()).toNanos();
  }

  private boolean put(long until) throws IOException {
    // The server notes it in readings that all processes of the host share.
    long shared = System.nanoTime() + until - ticker.nanos();
    boolean done = client.put(version, config.identity(), shared);
    if (done) {
      version++;
    }
    return done;
  }

  private Leadership expired(Leadership before) {
    long now = ticker.nanos();
    return before.state() == State.LOST || before.isHeldAt(now)
        ? before
        : Leadership.lost(now, "the lease was not renewed in time");
  }
}
