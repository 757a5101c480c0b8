package dev.bugle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServicesReportTest {

  private static ServicesTrials.Trial trial(double stated, double resident, Long... nanos) {
    return new ServicesTrials.Trial(stated, resident, resident - 10, List.of(nanos));
  }

  private final ServicesReport report =
      new ServicesReport(
          List.of(
              new ServicesReport.Size(
                  100,
                  500,
                  List.of(
                      trial(900, 120, 1_000_000L, 2_000_000L),
                      trial(700, 110, 3_000_000L, 9_000_000L),
                      trial(800, 130, 4_000_000L, 5_000_000L)))),
          new Machine(2, "17.0.15", 0.25));

  @Test
  void itTellsMediansOfTrialsAndQuantilesOfAllChanges() {
    assertThat(report.json())
        .isEqualTo(
            """
            {"benchmark": "services", "services": 100, "slices": 500, "trials": 3,\
             "all_stated_ms": 800.000, "rss_mb": 120.000, "pss_mb": 110.000, "changes": 6,\
             "change_p50_ms": 3.000, "change_p95_ms": 9.000, "change_p99_ms": 9.000,\
             "change_max_ms": 9.000, "load": 0.250}
            """);
  }

  @Test
  void theTableNamesTheLoad() {
    assertThat(report.table()).contains("load 0.3 before the run", "800", "120.0", "110.0", "9.0");
  }
}
