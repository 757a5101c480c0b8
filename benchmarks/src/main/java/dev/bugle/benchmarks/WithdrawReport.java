package dev.bugle.benchmarks;

import dev.bugle.benchmarks.WithdrawResult.Absent;
import dev.bugle.benchmarks.WithdrawResult.Failed;
import dev.bugle.benchmarks.WithdrawResult.Measured;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts the results of a run into words: a table for people, or JSON, a line for each contender. */
record WithdrawReport(List<WithdrawResult> results, int warmUp, Machine machine) {

  WithdrawReport {
    results = List.copyOf(results);
  }

  /** Whether every contender that is here did its job. */
  boolean complete() {
    return results.stream().noneMatch(Failed.class::isInstance);
  }

  /** Against what the others are held: the advertiser, if it was measured. */
  private Optional<Latencies> reference() {
    return results.stream()
        .filter(result -> result.contender().name().equals(BugleContender.NAME))
        .filter(Measured.class::isInstance)
        .map(result -> ((Measured) result).latencies())
        .findFirst();
  }

  String table() {
    StringBuilder text = new StringBuilder();
    line(text, "%d trials before those that count; %s", warmUp, machine);
    line(
        text,
        "%-13s %6s %8s %8s %8s %8s  %-13s %s",
        "contender",
        "trials",
        "p50 ms",
        "p99 ms",
        "max ms",
        "first ms",
        "p50, p99 / us",
        "from");
    for (WithdrawResult result : results) {
      String name = result.contender().name();
      if (result instanceof Measured measured) {
        Latencies found = measured.latencies();
        line(
            text,
            "%-13s %6d %8.3f %8.3f %8.3f %8.3f  %-13s %s",
            name,
            found.count(),
            found.quantileMillis(0.5),
            found.quantileMillis(0.99),
            found.maxMillis(),
            Latencies.millis(measured.first()),
            reference()
                .map(
                    ours ->
                        "%.2fx, %.2fx".formatted(ratio(found, ours, 0.5), ratio(found, ours, 0.99)))
                .orElse("-"),
            measured.contender().trigger());
      } else if (result instanceof Absent absent) {
        line(text, "%-13s absent: %s", name, absent.reason());
      } else if (result instanceof Failed failed) {
        line(text, "%-13s failed: %s", name, failed.reason());
      }
    }
    return text.toString();
  }

  private static double ratio(Latencies theirs, Latencies ours, double share) {
    return theirs.quantileMillis(share) / ours.quantileMillis(share);
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  String json() {
    StringBuilder text = new StringBuilder();
    for (WithdrawResult result : results) {
      JsonLine line =
          new JsonLine().with("benchmark", "withdraw").with("contender", result.contender().name());
      if (result instanceof Measured measured) {
        Latencies found = measured.latencies();
        line.with("status", "measured")
            .with("trials", found.count())
            .with("warmup", warmUp)
            .with("p50_ms", found.quantileMillis(0.5))
            .with("p99_ms", found.quantileMillis(0.99))
            .with("max_ms", found.maxMillis())
            .with("first_ms", Latencies.millis(measured.first()))
            .with("load", machine.load());
        reference()
            .ifPresent(
                ours ->
                    line.with("p50_ratio", ratio(found, ours, 0.5))
                        .with("p99_ratio", ratio(found, ours, 0.99)));
      } else if (result instanceof Absent absent) {
        line.with("status", "absent").with("reason", absent.reason());
      } else if (result instanceof Failed failed) {
        line.with("status", "failed").with("reason", failed.reason());
      }
      text.append(line.with("from", result.contender().trigger())).append('\n');
    }
    return text.toString();
  }
}
