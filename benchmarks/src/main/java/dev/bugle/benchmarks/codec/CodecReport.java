package dev.bugle.benchmarks.codec;

import dev.bugle.benchmarks.JsonLine;
import dev.bugle.benchmarks.Machine;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Puts the rows of a run into words: a table for people and for the page, or JSON. */
record CodecReport(List<CodecRow> rows, Machine machine) {

  CodecReport {
    rows = List.copyOf(rows);
  }

  /** A table in Markdown; the last two columns say how many times bgpcep's are of the row's. */
  String table() {
    String header =
        """
        | | UPDATEs | contender | million NLRI/s | ns of the clock | ns of processors | octets allocated |\
         time of bgpcep | octets of bgpcep |
        |---|---|---|---|---|---|---|---|---|
        """;
    return machine
        + "\n\n"
        + header
        + rows.stream().map(this::line).collect(Collectors.joining("\n", "", "\n"));
  }

  private String line(CodecRow row) {
    String ratios =
        rows.stream()
            .filter(other -> other.contender().equals(BgpcepContender.NAME))
            .filter(other -> !row.contender().equals(other.contender()))
            .filter(row::comparesWith)
            .map(
                other ->
                    format(
                        " %.1f x | %s |",
                        other.processorNanos() / row.processorNanos(),
                        row.octets() < 1 ? "" : format("%.1f x", other.octets() / row.octets())))
            .findFirst()
            .orElse(" | |");
    return format(
            "| %s | %s | %s | %.2f | %.0f | %.0f | %.0f |",
            row.direction(),
            row.packing(),
            row.contender(),
            row.millionsPerSecond(),
            row.nanos(),
            row.processorNanos(),
            row.octets())
        + ratios;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** A line for each row. */
  String json() {
    return rows.stream()
        .map(
            row ->
                new JsonLine()
                        .with("benchmark", "codec")
                        .with("direction", row.direction())
                        .with("packing", row.packing())
                        .with("contender", row.contender())
                        .with("ns_per_nlri", row.nanos())
                        .with("processor_ns_per_nlri", row.processorNanos())
                        .with("octets_per_nlri", row.octets())
                        .with("machine_load", machine.load())
                    + "\n")
        .collect(Collectors.joining());
  }
}
