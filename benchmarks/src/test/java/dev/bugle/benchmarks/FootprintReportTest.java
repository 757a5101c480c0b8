package dev.bugle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FootprintReportTest {

  private static Footprint.Trial trial(double waits, double connects, double resident) {
    return new Footprint.Trial(waits, connects, resident, resident - 10, 0.5);
  }

  private final FootprintReport report =
      new FootprintReport(
          Map.of(
              "bugle",
              Footprint.of(List.of(trial(900, 700, 60), trial(500, 800, 70), trial(600, 600, 65)))),
          Map.of("bird", "there is no \"bird\""),
          new Machine(2, "17.0.15", 0.25));

  @Test
  void itTellsMediansAndTheSlowestStart() {
    assertThat(report.json().lines())
        .containsExactly(
            """
            {"benchmark": "footprint", "contender": "bugle", "status": "measured", "trials": 3,\
             "peer_connects_ms": 600.000, "peer_connects_slowest_ms": 900.000,\
             "it_connects_ms": 700.000, "rss_mb": 65.000, "pss_mb": 55.000,\
             "cpu_percent": 0.500, "load": 0.250}\
            """,
            """
            {"benchmark": "footprint", "contender": "bird", "status": "missing",\
             "reason": "there is no \\"bird\\""}\
            """);
  }

  @Test
  void theTableNamesTheLoadAndWhoIsMissing() {
    assertThat(report.table())
        .contains("load 0.3 before the run", "600", "900", "65.0")
        .contains("bird       there is no \"bird\"");
  }
}
