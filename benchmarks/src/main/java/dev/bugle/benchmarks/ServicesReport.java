package dev.bugle.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Puts a run into words: a table for people, or JSON, a line for each size of the cluster.
 *
 * @param found what was found of each size
 * @param machine that it ran on
 */
record ServicesReport(List<Size> found, Machine machine) {

  /**
   * The trials of one size.
   *
   * @param trials at least one
   */
  record Size(int services, int slices, List<ServicesTrials.Trial> trials) {

    private double median(ToDoubleFunction<ServicesTrials.Trial> of) {
      double[] sorted = trials.stream().mapToDouble(of).sorted().toArray();
      return sorted[(sorted.length - 1) / 2];
    }

    private Latencies changes() {
      return new Latencies(
          trials.stream()
              .flatMap(trial -> trial.changeNanos().stream())
              .mapToLong(Long::longValue)
              .toArray());
    }
  }

  String table() {
    StringBuilder text = new StringBuilder();
    text.append("medians of trials, and all changes of an endpoint; ").append(machine).append('\n');
    line(
        text,
        "%8s %8s %7s %14s %8s %8s %8s %14s %14s %14s %14s",
        "Services",
        "slices",
        "trials",
        "all stated ms",
        "RSS MB",
        "Pss MB",
        "changes",
        "to UPDATE p50",
        "p95",
        "p99",
        "max ms");
    for (Size size : found) {
      Latencies changes = size.changes();
      line(
          text,
          "%8d %8d %7d %14.0f %8.1f %8.1f %8d %14.1f %14.1f %14.1f %14.1f",
          size.services(),
          size.slices(),
          size.trials().size(),
          size.median(ServicesTrials.Trial::allStatedMillis),
          size.median(ServicesTrials.Trial::residentMegabytes),
          size.median(ServicesTrials.Trial::proportionalMegabytes),
          changes.count(),
          changes.quantileMillis(0.5),
          changes.quantileMillis(0.95),
          changes.quantileMillis(0.99),
          changes.maxMillis());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  String json() {
    StringBuilder text = new StringBuilder();
    for (Size size : found) {
      Latencies changes = size.changes();
      text.append(
              new JsonLine()
                  .with("benchmark", "services")
                  .with("services", size.services())
                  .with("slices", size.slices())
                  .with("trials", size.trials().size())
                  .with("all_stated_ms", size.median(ServicesTrials.Trial::allStatedMillis))
                  .with("rss_mb", size.median(ServicesTrials.Trial::residentMegabytes))
                  .with("pss_mb", size.median(ServicesTrials.Trial::proportionalMegabytes))
                  .with("changes", changes.count())
                  .with("change_p50_ms", changes.quantileMillis(0.5))
                  .with("change_p95_ms", changes.quantileMillis(0.95))
                  .with("change_p99_ms", changes.quantileMillis(0.99))
                  .with("change_max_ms", changes.maxMillis())
                  .with("load", machine.load()))
          .append('\n');
    }
    return text.toString();
  }
}
