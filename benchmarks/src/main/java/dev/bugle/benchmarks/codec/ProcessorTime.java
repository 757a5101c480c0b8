package dev.bugle.benchmarks.codec;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What an invocation takes of a processor, collector and compilers included: on a machine that does
 * other things too, the time of a clock says little.
 */
public final class ProcessorTime implements InternalProfiler {

  /** The name of the result, in nanoseconds for each invocation. */
  static final String RESULT = "processor.time.norm";

  private long before;

  /** For JMH. */
  public ProcessorTime() {}

  @Override
  public String getDescription() {
    return "processor time of the process";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = now();
  }

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double spent = now() - before;
    long invocations = result.getMetadata().getAllOps();
    return List.of(new ScalarResult(RESULT, spent / invocations, "ns/op", AggregationPolicy.AVG));
  }

  private static long now() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
