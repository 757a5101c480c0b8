package dev.bugle.benchmarks.bfd;

import java.util.concurrent.TimeUnit;

/**
 * How often both sides of a session send, and how many packets in a row they do without.
 *
 * @param intervalMillis Desired Min TX Interval and Required Min RX Interval of both
 * @param multiplier Detect Mult of both
 */
record Timing(int intervalMillis, int multiplier) {

  /** Detection Time (RFC 5880 §6.8.4), in nanoseconds. */
  long detectionNanos() {
    return TimeUnit.MILLISECONDS.toNanos((long) intervalMillis * multiplier);
  }

  /** As the field writes it. */
  @Override
  public String toString() {
    return multiplier + "x" + intervalMillis + " ms";
  }
}
