package dev.bugle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WithdrawReportTest {

  private final WithdrawReport report =
      new WithdrawReport(
          List.of(
              new WithdrawResult.Measured(
                  new BugleContender(), 4_000_000, new Latencies(new long[] {200_000, 400_000})),
              new WithdrawResult.Measured(
                  new BirdContender(), 500_000, new Latencies(new long[] {300_000, 800_000})),
              new WithdrawResult.Absent(new GobgpContender(), "there is no \"gobgpd\"")),
          50,
          new Machine(2, "17.0.15", 0.25));

  @Test
  void jsonHasALineForEachContenderAndAbsentOnesAreNamed() {
    assertThat(report.json().lines())
        .containsExactly(
            """
            {"benchmark": "withdraw", "contender": "bugle", "status": "measured", "trials": 2,\
             "warmup": 50, "p50_ms": 0.200, "p99_ms": 0.400, "max_ms": 0.400, "first_ms": 4.000,\
             "load": 0.250, "p50_ratio": 1.000, "p99_ratio": 1.000,\
             "from": "leadership lost in the elector of the advertiser"}\
            """,
            """
            {"benchmark": "withdraw", "contender": "bird", "status": "measured", "trials": 2,\
             "warmup": 50, "p50_ms": 0.300, "p99_ms": 0.800, "max_ms": 0.800, "first_ms": 0.500,\
             "load": 0.250, "p50_ratio": 1.500, "p99_ratio": 2.000,\
             "from": "\\"disable\\" written to the control socket of BIRD"}\
            """,
            """
            {"benchmark": "withdraw", "contender": "gobgp", "status": "absent",\
             "reason": "there is no \\"gobgpd\\"", "from": "gRPC call DeletePath to gobgpd"}\
            """);
  }

  @Test
  void theTableNamesAbsentContendersAndTheLoad() {
    assertThat(report.table())
        .contains("50 trials before those that count; 2 processors, load 0.3 before the run")
        .contains("gobgp         absent: there is no \"gobgpd\"")
        .contains("1.50x, 2.00x");
  }

  @Test
  void anAbsentContenderIsNoFailureButAFailedOneIs() {
    assertThat(report.complete()).isTrue();
    assertThat(
            new WithdrawReport(
                    List.of(new WithdrawResult.Failed(new BirdContender(), "no session")),
                    0,
                    Machine.now())
                .complete())
        .isFalse();
  }
}
