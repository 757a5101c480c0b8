package dev.bugle.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What one contender took, the medians of some trials.
 *
 * @param trials how many of them
 * @param waitsMillis from the start of the process until the peer, which tries to connect all the
 *     time, has an established session
 * @param connectsMillis the same where the contender connects to the peer
 * @param slowestMillis of all starts where the peer connects
 * @param residentMegabytes VmRSS when it has been idle for a while
 * @param proportionalMegabytes Pss then: pages that it shares count by half, and so on
 * @param processorPercent of one processor, while idle
 */
record Footprint(
    int trials,
    double waitsMillis,
    double connectsMillis,
    double slowestMillis,
    double residentMegabytes,
    double proportionalMegabytes,
    double processorPercent) {

  /** What one trial has shown. */
  record Trial(
      double waitsMillis,
      double connectsMillis,
      double residentMegabytes,
      double proportionalMegabytes,
      double processorPercent) {}

  /** The medians; of two in the middle, the higher. */
  static Footprint of(List<Trial> trials) {
    OptionalDouble slowest = trials.stream().mapToDouble(Trial::waitsMillis).max();
    return new Footprint(
        trials.size(),
        median(trials, Trial::waitsMillis),
        median(trials, Trial::connectsMillis),
        slowest.orElse(Double.NaN),
        median(trials, Trial::residentMegabytes),
        median(trials, Trial::proportionalMegabytes),
        median(trials, Trial::processorPercent));
  }

  private static double median(List<Trial> trials, ToDoubleFunction<Trial> value) {
    double[] sorted = trials.stream().mapToDouble(value).toArray();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
