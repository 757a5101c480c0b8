package dev.bugle.it;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The longest of each kind that a history shows, beside what was allowed for it. */
record SafetyReport(Map<String, SafetyHistory.Finding> worst) {

  static SafetyReport of(SafetyHistory history) {
    Map<String, SafetyHistory.Finding> worst = new TreeMap<>();
    history
        .findings()
        .forEach(
            finding ->
                worst.merge(
                    finding.promise().replaceAll(" of [A-Z]\\b", ""),
                    finding,
                    (one, other) -> one.nanos() >= other.nanos() ? one : other));
    return new SafetyReport(worst);
  }

  @Override
  public String toString() {
    return worst.entrySet().stream()
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "%n  %s: %.0f ms of at most %.0f ms",
                    entry.getKey(),
                    entry.getValue().nanos() / 1e6,
                    entry.getValue().allowed() / 1e6))
        .collect(Collectors.joining());
  }
}
