package dev.bugle.bfd;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * By how much this process was late: from the time at which the thread should have woken up until
 * it did. It keeps the worst of the last while, so that a silence can be told from our own
 * deafness.
 */
final class SchedulingDelay {

  private static final int KEPT = 64;
  private static final long WORTH_KEEPING = TimeUnit.MICROSECONDS.toNanos(200);

  private final Timer meter;
  private final long[] times = new long[KEPT];
  private final long[] delays = new long[KEPT];
  private int next;

  SchedulingDelay(Timer meter) {
    this.meter = meter;
  }

  void late(long now, long nanos) {
    meter.record(nanos, TimeUnit.NANOSECONDS);
    heldUp(now, nanos);
  }

  /** It was late within a round, which the meter shows with the next. */
  void heldUp(long now, long nanos) {
    if (nanos > WORTH_KEEPING) {
      times[next] = now;
      delays[next] = nanos;
      next = (next + 1) % KEPT;
    }
  }

  /** The worst since then. */
  long worstSince(long time) {
    long worst = 0;
    for (int i = 0; i < KEPT; i++) {
      if (delays[i] > worst && times[i] - time >= 0) {
        worst = delays[i];
      }
    }
    return worst;
  }
}
