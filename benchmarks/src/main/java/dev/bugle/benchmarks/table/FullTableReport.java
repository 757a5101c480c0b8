package dev.bugle.benchmarks.table;

import dev.bugle.benchmarks.JsonLine;
import dev.bugle.benchmarks.Machine;
import dev.bugle.benchmarks.table.FullTableRuns.Outcome;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Puts the runs into words: a table for people, the same for the page, or JSON, a line for each
 * run.
 */
record FullTableReport(List<Outcome> outcomes, FullTable fullTable, Machine machine) {

  /** Against whom the others are held. */
  private static final String REFERENCE = "bird";

  private static final String NONE = "-";

  FullTableReport {
    outcomes = List.copyOf(outcomes);
  }

  /** Whether every contender that is here did its job. */
  boolean complete() {
    return outcomes.stream()
        .flatMap(outcome -> outcome.missing().stream())
        .noneMatch(why -> why.startsWith("failed"));
  }

  String table() {
    StringBuilder text = new StringBuilder();
    text.append(preface()).append('\n');
    String format = "%-14s %-14s %4s %8s %8s %8s %6s %8s %8s %8s%n";
    line(
        text,
        format,
        "scenario",
        "contender",
        "runs",
        "wall s",
        "min",
        "max",
        "/bird",
        "CPU s",
        "RSS MB",
        "start s");
    for (Outcome outcome : outcomes) {
      if (outcome.runs().isEmpty()) {
        line(
            text,
            "%-14s %-14s %s%n",
            outcome.scenario(),
            outcome.contender(),
            outcome.missing().orElse(NONE));
      } else {
        line(
            text,
            format,
            outcome.scenario(),
            outcome.contender(),
            outcome.runs().size(),
            number("%.3f", median(outcome, LoadResult::wallSeconds)),
            number("%.3f", walls(outcome).min()),
            number("%.3f", walls(outcome).max()),
            ratio(outcome),
            number("%.2f", median(outcome, LoadResult::processorSeconds)),
            number("%.0f", median(outcome, LoadResult::peakMegabytes)),
            number("%.2f", median(outcome, LoadResult::startSeconds)));
        outcome
            .missing()
            .ifPresent(why -> line(text, "%-14s %-14s %s%n", "", outcome.contender(), why));
      }
    }
    return text.toString();
  }

  private String preface() {
    return String.format(
        Locale.ROOT,
        "%d prefixes, %d sets of attributes, %.1f NLRI per UPDATE; medians; %s",
        fullTable.prefixes().size(),
        fullTable.attributeSets(),
        (double) fullTable.prefixes().size() / fullTable.updates(),
        machine);
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  private static String number(String format, OptionalDouble value) {
    return value.isPresent() && !Double.isNaN(value.getAsDouble())
        ? String.format(Locale.ROOT, format, value.getAsDouble())
        : NONE;
  }

  private static DoubleStream walls(Outcome outcome) {
    return outcome.runs().stream().mapToDouble(LoadResult::wallSeconds);
  }

  /** The middle one; of two in the middle, the higher. */
  private static OptionalDouble median(Outcome outcome, ToDoubleFunction<LoadResult> value) {
    double[] sorted = outcome.runs().stream().mapToDouble(value).sorted().toArray();
    return sorted.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sorted[sorted.length / 2]);
  }

  private String ratio(Outcome outcome) {
    OptionalDouble theirs =
        outcomes.stream()
            .filter(other -> other.scenario() == outcome.scenario())
            .filter(other -> other.contender().equals(REFERENCE))
            .map(other -> median(other, LoadResult::wallSeconds))
            .findFirst()
            .orElse(OptionalDouble.empty());
    OptionalDouble ours = median(outcome, LoadResult::wallSeconds);
    return theirs.isPresent() && ours.isPresent()
        ? String.format(Locale.ROOT, "%.2f", ours.getAsDouble() / theirs.getAsDouble())
        : NONE;
  }

  /** For the page. */
  String markdown(List<TableContender> contenders) {
    StringBuilder text = new StringBuilder();
    text.append(LocalDate.now(ZoneOffset.UTC)).append(": ").append(preface());
    text.append(". Wall time with the least and the most of the runs.\n\n");
    text.append(
        "| scenario | contender | runs | wall s | / bird | CPU s | peak RSS MB | start s |\n");
    text.append("|---|---|---|---|---|---|---|---|\n");
    for (Outcome outcome : outcomes) {
      if (outcome.runs().isEmpty()) {
        continue;
      }
      line(
          text,
          "| %s | %s | %d | %s (%s to %s) | %s | %s | %s | %s |",
          outcome.scenario(),
          outcome.contender(),
          outcome.runs().size(),
          number("%.3f", median(outcome, LoadResult::wallSeconds)),
          number("%.3f", walls(outcome).min()),
          number("%.3f", walls(outcome).max()),
          ratio(outcome),
          number("%.2f", median(outcome, LoadResult::processorSeconds)),
          number("%.0f", median(outcome, LoadResult::peakMegabytes)),
          number("%.2f", median(outcome, LoadResult::startSeconds)));
    }
    text.append('\n');
    contenders.forEach(
        contender -> line(text, "- %s: %s", contender.name(), contender.description()));
    outcomes.stream()
        .filter(outcome -> outcome.missing().isPresent())
        .forEach(
            outcome ->
                line(
                    text,
                    "- %s is not in %s: %s",
                    outcome.contender(),
                    outcome.scenario(),
                    outcome.missing().orElseThrow()));
    return text.toString();
  }

  String json() {
    StringBuilder text = new StringBuilder();
    for (Outcome outcome : outcomes) {
      for (LoadResult run : outcome.runs()) {
        JsonLine line =
            begun(outcome, "measured")
                .with("prefixes", outcome.scenario().prefixes(fullTable.prefixes().size()))
                .with("wall_s", run.wallSeconds());
        if (!Double.isNaN(run.processorSeconds())) {
          line.with("cpu_s", run.processorSeconds())
              .with("peak_rss_mb", run.peakMegabytes())
              .with("start_s", run.startSeconds());
        }
        line.with("announcements_received", run.announcements()).with("load", machine.load());
        text.append(line).append('\n');
      }
      outcome
          .missing()
          .map(
              why ->
                  begun(outcome, why.startsWith("failed") ? "failed" : "absent")
                      .with("reason", why))
          .ifPresent(line -> text.append(line).append('\n'));
    }
    return text.toString();
  }

  private static JsonLine begun(Outcome outcome, String status) {
    return new JsonLine()
        .with("benchmark", "full-table")
        .with("scenario", outcome.scenario().toString())
        .with("contender", outcome.contender())
        .with("status", status);
  }
}
