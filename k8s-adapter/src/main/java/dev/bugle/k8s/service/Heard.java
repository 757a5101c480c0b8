package dev.bugle.k8s.service;

import dev.bugle.advertiser.time.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/** When something was heard of the API server last. One thread tells, any may ask. */
final class Heard {

  private final Ticker ticker;
  private final AtomicLong failures = new AtomicLong();
  private volatile long last;

  /** Counts from now. */
  Heard(Ticker ticker) {
    this.ticker = ticker;
    this.last = ticker.nanos();
  }

  /** Something has come. */
  void now() {
    last = ticker.nanos();
  }

  /** A request has failed, or ended before its time. */
  void failed() {
    failures.incrementAndGet();
  }

  /** For how long nothing has been heard, in nanoseconds. */
  long silence() {
    return ticker.nanos() - last;
  }

  /** How often something has failed. */
  long failures() {
    return failures.get();
  }
}
