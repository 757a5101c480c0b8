package dev.bugle.benchmarks.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.benchmarks.Machine;
import dev.bugle.benchmarks.table.FullTableRuns.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FullTableReportTest {

  private static LoadResult run(double wall) {
    return new LoadResult(0.1, wall, 2 * wall, 100, 0);
  }

  private static FullTableReport report(Outcome... outcomes) {
    return new FullTableReport(
        List.of(outcomes), FullTable.of(1000, 1), new Machine(2, "17.0.15", 0.25));
  }

  private final FullTableReport report =
      report(
          new Outcome(
              Scenario.INGEST,
              "harness",
              List.of(new LoadResult(0, 0.01, Double.NaN, Double.NaN, 1000)),
              Optional.empty()),
          new Outcome(
              Scenario.INGEST, "bugle", List.of(run(3), run(1), run(1.5)), Optional.empty()),
          new Outcome(Scenario.INGEST, "bird", List.of(run(0.5)), Optional.empty()),
          new Outcome(Scenario.INGEST, "gobgp", List.of(), Optional.of("there is no \"gobgpd\"")));

  @Test
  void jsonHasALineForEachRunAndSaysWhoIsAbsent() {
    assertThat(report.json().lines())
        .hasSize(6)
        .contains(
            """
            {"benchmark": "full-table", "scenario": "ingest", "contender": "bugle",\
             "status": "measured", "prefixes": 1000, "wall_s": 3.000, "cpu_s": 6.000,\
             "peak_rss_mb": 100.000, "start_s": 0.100, "announcements_received": 0,\
             "load": 0.250}\
            """,
            """
            {"benchmark": "full-table", "scenario": "ingest", "contender": "harness",\
             "status": "measured", "prefixes": 1000, "wall_s": 0.010,\
             "announcements_received": 1000, "load": 0.250}\
            """,
            """
            {"benchmark": "full-table", "scenario": "ingest", "contender": "gobgp",\
             "status": "absent", "reason": "there is no \\"gobgpd\\""}\
            """);
  }

  @Test
  void theTableHasMediansAndHoldsThemAgainstBird() {
    assertThat(report.table())
        .contains("1000 prefixes, 100 sets of attributes", "load 0.3 before the run")
        .containsPattern("ingest +bugle +3 +1.500 +1.000 +3.000 +3.00 +3.00 +100 +0.10\n")
        .containsPattern("ingest +harness +1 +0.010 +0.010 +0.010 +0.02 +- +- +0.00\n")
        .containsPattern("ingest +gobgp +there is no \"gobgpd\"\n");
  }

  @Test
  void thePageHasTheSameAndSaysWhoIsNotInIt() {
    assertThat(report.markdown(List.of(new BirdRouter())))
        .contains("| ingest | bugle | 3 | 1.500 (1.000 to 3.000) | 3.00 | 3.00 | 100 | 0.10 |\n")
        .contains("- bird: BIRD, import all, export all\n")
        .contains("- gobgp is not in ingest: there is no \"gobgpd\"\n");
  }

  @Test
  void anAbsentContenderIsNoFailureButAFailedOneIs() {
    assertThat(report.complete()).isTrue();
    FullTableReport failed =
        report(new Outcome(Scenario.RELAY, "bird", List.of(), Optional.of("failed: no session")));
    assertThat(failed.complete()).isFalse();
    assertThat(failed.json()).contains("\"status\": \"failed\"");
  }
}
