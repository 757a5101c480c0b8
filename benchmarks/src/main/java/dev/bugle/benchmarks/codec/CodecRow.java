package dev.bugle.benchmarks.codec;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * What one contender took for one NLRI; medians of all iterations of all rounds.
 *
 * @param contender its name
 * @param direction {@code decode} or {@code encode}
 * @param packing how the NLRI came
 * @param nanos by the clock
 * @param processorNanos of processors
 * @param octets allocated
 */
record CodecRow(
    String contender,
    String direction,
    String packing,
    double nanos,
    double processorNanos,
    double octets) {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** One direction, packing and contender: results of its rounds. */
  static CodecRow of(List<RunResult> rounds) {
    var params = rounds.get(0).getParams();
    double prefixes = Double.parseDouble(params.getParam("prefixes"));
    List<IterationResult> iterations =
        rounds.stream()
            .map(RunResult::getBenchmarkResults)
            .flatMap(Collection::stream)
            .map(BenchmarkResult::getIterationResults)
            .flatMap(Collection::stream)
            .toList();
    String name = params.getBenchmark();
    return new CodecRow(
        params.getParam("contender"),
        name.substring(name.lastIndexOf('.') + 1),
        params.getParam("packing"),
        median(iterations, "") / prefixes,
        median(iterations, ProcessorTime.RESULT) / prefixes,
        median(iterations, ALLOCATED) / prefixes);
  }

  /** Of the secondary result that ends so, or of the primary one when it is empty. */
  private static double median(List<IterationResult> iterations, String secondary) {
    double[] scores =
        iterations.stream()
            .mapToDouble(
                iteration ->
                    secondary.isEmpty()
                        ? iteration.getPrimaryResult().getScore()
                        : secondary(iteration, secondary))
            .sorted()
            .toArray();
    return Arrays.stream(scores)
        .skip((scores.length - 1) / 2)
        .limit(2 - scores.length % 2)
        .average()
        .orElse(Double.NaN);
  }

  private static double secondary(IterationResult iteration, String name) {
    for (String known : iteration.getSecondaryResults().keySet()) {
      if (known.endsWith(name)) {
        return iteration.getSecondaryResults().get(known).getScore();
      }
    }
    throw new IllegalStateException("JMH has no result " + name);
  }

  /** How many NLRI in a second, in millions. */
  double millionsPerSecond() {
    return 1000 / nanos;
  }

  /** Whether both did the same work. */
  boolean comparesWith(CodecRow other) {
    return direction.equals(other.direction) && packing.equals(other.packing);
  }
}
