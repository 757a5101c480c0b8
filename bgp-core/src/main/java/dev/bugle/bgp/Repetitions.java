package dev.bugle.bgp;

import java.util.concurrent.TimeUnit;

/**
 * Keeps what a stranger can bring about as often as he likes from filling the log: of the same
 * thing, one line in ten seconds, with the number of times that it stands for. Thread-safe.
 */
final class Repetitions {

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private Object last = "";
  private long lastTold;
  private long untold;

  /**
   * This happened.
   *
   * @param now nanoseconds of a monotonic clock
   * @return for how many times a line is due, this one among them; 0 for none
   */
  synchronized long happened(Object what, long now) {
    untold++;
    if (what.equals(last) && now - lastTold < PAUSE_NANOS) {
      return 0;
    }
    long times = what.equals(last) ? untold : 1;
    last = what;
    lastTold = now;
    untold = 0;
    return times;
  }
}
