package dev.bugle.benchmarks;

import java.util.Locale;
import java.util.Map;

/**
 * Puts a run into words: a table for people, or JSON, a line for each contender.
 *
 * @param found by the names of contenders
 * @param missing why others are not in it
 * @param machine that it ran on
 */
record FootprintReport(Map<String, Footprint> found, Map<String, String> missing, Machine machine) {

  String table() {
    StringBuilder text = new StringBuilder();
    text.append("medians; ").append(machine).append('\n');
    line(
        text,
        "%-10s %6s %16s %18s %14s %8s %8s %8s",
        "contender",
        "trials",
        "peer connects ms",
        "slowest of them ms",
        "it connects ms",
        "RSS MB",
        "Pss MB",
        "CPU %");
    found.forEach(
        (name, one) ->
            line(
                text,
                "%-10s %6d %16.0f %18.0f %14.0f %8.1f %8.1f %8.2f",
                name,
                one.trials(),
                one.waitsMillis(),
                one.slowestMillis(),
                one.connectsMillis(),
                one.residentMegabytes(),
                one.proportionalMegabytes(),
                one.processorPercent()));
    missing.forEach((name, why) -> line(text, "%-10s %s", name, why));
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  String json() {
    StringBuilder text = new StringBuilder();
    found.forEach(
        (name, one) ->
            text.append(
                    new JsonLine()
                        .with("benchmark", "footprint")
                        .with("contender", name)
                        .with("status", "measured")
                        .with("trials", one.trials())
                        .with("peer_connects_ms", one.waitsMillis())
                        .with("peer_connects_slowest_ms", one.slowestMillis())
                        .with("it_connects_ms", one.connectsMillis())
                        .with("rss_mb", one.residentMegabytes())
                        .with("pss_mb", one.proportionalMegabytes())
                        .with("cpu_percent", one.processorPercent())
                        .with("load", machine.load()))
                .append('\n'));
    missing.forEach(
        (name, why) ->
            text.append(
                    new JsonLine()
                        .with("benchmark", "footprint")
                        .with("contender", name)
                        .with("status", "missing")
                        .with("reason", why))
                .append('\n'));
    return text.toString();
  }
}
