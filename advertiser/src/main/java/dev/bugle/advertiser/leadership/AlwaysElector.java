package dev.bugle.advertiser.leadership;

import dev.bugle.advertiser.time.Ticker;

/** Leads from the start until it is told to release, and then not again. */
public final class AlwaysElector implements Elector {

  private final Ticker ticker;
  private volatile Leadership leadership;

  /** Times are readings of that ticker. */
  public AlwaysElector(Ticker ticker) {
    this.ticker = ticker;
    this.leadership = Leadership.waiting(ticker.nanos(), "not started");
  }

  @Override
  public void start(Runnable changed) {
    leadership = Leadership.held(Long.MAX_VALUE, ticker.nanos(), "always");
    changed.run();
  }

  @Override
  public Leadership leadership() {
    return leadership;
  }

  @Override
  public void release() {
    leadership = Leadership.waiting(ticker.nanos(), "stopped");
  }

  @Override
  public void close() {
    release();
  }
}
