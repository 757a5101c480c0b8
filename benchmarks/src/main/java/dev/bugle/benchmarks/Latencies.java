package dev.bugle.benchmarks;

import java.util.Arrays;

/** Latencies of one kind, in nanoseconds; there is at least one. */
public final class Latencies {

  private final long[] sorted;

  /** Sorts a copy. */
  public Latencies(long[] nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("no latencies");
    }
    sorted = nanos.clone();
    Arrays.sort(sorted);
  }

  /** How many there are. */
  public int count() {
    return sorted.length;
  }

  /** The smallest of them that at least this share of them does not exceed (nearest rank). */
  public double quantileMillis(double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return millis(sorted[Math.max(1, rank) - 1]);
  }

  /** The smallest, in milliseconds. */
  public double minMillis() {
    return millis(sorted[0]);
  }

  /** The largest, in milliseconds. */
  public double maxMillis() {
    return millis(sorted[sorted.length - 1]);
  }

  /** Nanoseconds as milliseconds. */
  public static double millis(long nanos) {
    return nanos / 1e6;
  }
}
