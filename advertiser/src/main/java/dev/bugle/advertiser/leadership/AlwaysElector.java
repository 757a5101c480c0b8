package dev.bugle.advertiser.leadership;

import dev.bugle.advertiser.time.Ticker;

/**
 * Leads while it stands: from the moment at which it is made a candidate until it is told to
 * release. To lead again after that, it must be made a candidate anew.
 */
public final class AlwaysElector implements Elector {

  private final Ticker ticker;
  private volatile Leadership leadership;
  private volatile Runnable changed = () -> {};
  private boolean started;
  private boolean candidate;

  /** Times are readings of that ticker. */
  public AlwaysElector(Ticker ticker) {
    this.ticker = ticker;
    this.leadership = Leadership.waiting(ticker.nanos(), "not started");
  }

  @Override
  public void stand(boolean whether) {
    boolean leads;
    synchronized (this) {
      leads = whether && !candidate && lead();
      candidate = whether;
    }
    if (leads) {
      changed.run();
    }
  }

  @Override
  public void start(Runnable whenChanged) {
    synchronized (this) {
      changed = whenChanged;
      started = true;
      if (!candidate || !lead()) {
        leadership = Leadership.waiting(ticker.nanos(), "no candidate");
      }
    }
    changed.run();
  }

  private boolean lead() {
    if (!started || leadership.state() != Leadership.State.WAITING) {
      return false;
    }
    leadership = Leadership.held(Long.MAX_VALUE, ticker.nanos(), "always");
    return true;
  }

  @Override
  public Leadership leadership() {
    return leadership;
  }

  @Override
  public synchronized void release() {
    leadership = Leadership.waiting(ticker.nanos(), "released");
  }

  @Override
  public synchronized void close() {
    started = false;
    release();
  }
}
