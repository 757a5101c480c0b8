package dev.bugle.benchmarks.bfd;

import dev.bugle.benchmarks.JsonLine;
import dev.bugle.benchmarks.Machine;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts the findings of a run into words: tables for people, or JSON, a line for each trial. */
record BfdReport(Map<Trial, Finding> findings, Machine machine) {

  BfdReport {
    findings = Collections.unmodifiableMap(new LinkedHashMap<>(findings));
  }

  /** Whether every contender that is here did its job. */
  boolean complete() {
    return findings.values().stream().noneMatch(Finding.Failed.class::isInstance);
  }

  /** A table for each measurement. */
  String tables() {
    StringBuilder text = new StringBuilder().append(machine).append('\n');
    findings.keySet().stream()
        .map(Trial::contender)
        .distinct()
        .filter(contender -> !contender.settings().isEmpty())
        .forEach(contender -> text.append(contender + ": " + contender.settings()).append('\n'));
    for (Measurement measurement : Measurement.values()) {
      List<Map.Entry<Trial, Finding>> rows =
          findings.entrySet().stream()
              .filter(row -> row.getKey().measurement() == measurement)
              .toList();
      if (!rows.isEmpty()) {
        text.append("\n%s: %s\n".formatted(measurement, measurement.meaning()));
        line(text, List.of("timing", "load", "contender"), measurement.columns());
        for (Map.Entry<Trial, Finding> row : rows) {
          Trial trial = row.getKey();
          List<String> heads =
              List.of(
                  trial.timing().toString(), trial.load().toString(), trial.contender().toString());
          line(text, heads, row.getValue().cells());
        }
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> heads, List<String> cells) {
    text.append(String.format(Locale.ROOT, "%-9s %-13s %-10s", heads.toArray()));
    if (cells.size() == 1) {
      text.append(' ').append(cells.get(0));
    } else {
      cells.forEach(cell -> text.append(String.format(Locale.ROOT, " %12s", cell)));
    }
    text.append('\n');
  }

  String json() {
    return findings.entrySet().stream()
        .map(row -> json(row.getKey(), row.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private JsonLine json(Trial trial, Finding finding) {
    JsonLine line =
        new JsonLine()
            .with("benchmark", "bfd")
            .with("measurement", trial.measurement().toString())
            .with("contender", trial.contender().toString())
            .with("timing", trial.timing().toString())
            .with("load", trial.load().toString());
    finding.addTo(line);
    if (!trial.contender().settings().isEmpty()) {
      line.with("settings", trial.contender().settings());
    }
    return line.with("machine_load", machine.load());
  }
}
