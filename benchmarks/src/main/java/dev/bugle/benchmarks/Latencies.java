package dev.bugle.benchmarks;

import java.util.Arrays;

/** Latencies of one kind, in nanoseconds; there is at least one. */
final class Latencies {

  private final long[] sorted;

  Latencies(long[] nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("no latencies");
    }
    sorted = nanos.clone();
    Arrays.sort(sorted);
  }

  int count() {
    return sorted.length;
  }

  /** The smallest of them that at least this share of them does not exceed (nearest rank). */
  double quantileMillis(double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return millis(sorted[Math.max(1, rank) - 1]);
  }

  double maxMillis() {
    return millis(sorted[sorted.length - 1]);
  }

  static double millis(long nanos) {
    return nanos / 1e6;
  }
}
