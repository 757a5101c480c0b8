package dev.bugle.advertiser.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves. */
public final class ManualTicker implements Ticker {

  private final AtomicLong nanos = new AtomicLong(1_000_000);

  /** Starts a little after zero, as a process does. */
  public ManualTicker() {}

  @Override
  public long nanos() {
    return nanos.get();
  }

  /** Lets time pass. */
  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  /** Moves to a later reading. */
  public void advanceTo(long reading) {
    if (reading < nanos.getAndSet(reading)) {
      throw new IllegalArgumentException("time does not go back");
    }
  }
}
