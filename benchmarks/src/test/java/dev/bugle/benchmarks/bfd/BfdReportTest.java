package dev.bugle.benchmarks.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.benchmarks.Latencies;
import dev.bugle.benchmarks.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BfdReportTest {

  private static final Timing TIMING = Packets.TIMING;

  private final Map<Trial, Finding> findings = new LinkedHashMap<>();
  private final Machine machine = new Machine(2, "17.0.15", 0.25);

  private void found(Measurement measurement, Contender contender, Load load, Finding finding) {
    findings.put(new Trial(measurement, contender, TIMING, load), finding);
  }

  private BfdReport report() {
    Contender frr = new FrrContender();
    Contender bird = new BirdContender();
    found(
        Measurement.DETECTION,
        frr,
        Load.QUIET,
        new Finding.Detection(new Latencies(new long[] {150_200_000, 150_100_000}), 1));
    found(
        Measurement.DOWNS,
        bird,
        Load.LOOPS,
        new Finding.Downs(
            60,
            DownCount.within(
                0,
                1_000_000_000,
                TIMING,
                List.of(
                    Packets.up(0, Side.CONTENDER),
                    Packets.up(10, Side.NEIGHBOUR),
                    Packets.down(170, Side.CONTENDER)))));
    found(Measurement.DOWNS, bird, Load.GROUP, new Finding.Absent("no control groups"));
    found(Measurement.COST, bird, Load.QUIET, new Finding.Cost(0.25, 4.9, 4.9));
    found(
        Measurement.MANY,
        bird,
        Load.QUIET,
        new Finding.Many(1001, 1001, 20.02, new Finding.Many.Growth(5, 6)));
    return new BfdReport(findings, machine);
  }

  @Test
  void jsonHasALineForEachTrial() {
    assertThat(report().json().lines())
        .containsExactly(
            """
            {"benchmark": "bfd", "measurement": "detection", "contender": "frr",\
             "timing": "3x50 ms", "load": "quiet", "status": "measured", "drops": 2,\
             "min_ms": 150.100, "p50_ms": 150.100, "p99_ms": 150.200, "max_ms": 150.200,\
             "early": 1, "machine_load": 0.250}\
            """,
            """
            {"benchmark": "bfd", "measurement": "downs", "contender": "bird",\
             "timing": "3x50 ms", "load": "loops", "status": "measured", "seconds": 60,\
             "downs": 1, "downs_by_contender": 1, "downs_by_neighbour": 0,\
             "contender_gap_ms": 170.000, "neighbour_gap_ms": 160.000, "machine_load": 0.250}\
            """,
            """
            {"benchmark": "bfd", "measurement": "downs", "contender": "bird",\
             "timing": "3x50 ms", "load": "group", "status": "absent",\
             "reason": "no control groups", "machine_load": 0.250}\
            """,
            """
            {"benchmark": "bfd", "measurement": "cost", "contender": "bird",\
             "timing": "3x50 ms", "load": "quiet", "status": "measured", "cpu_percent": 0.250,\
             "rss_mb": 4.900, "bfd_rss_mb": 4.900, "machine_load": 0.250}\
            """,
            """
            {"benchmark": "bfd", "measurement": "many", "contender": "bird",\
             "timing": "3x50 ms", "load": "quiet", "status": "measured", "sessions": 1001,\
             "sessions_up_at_end": 1001, "cpu_percent": 20.020,\
             "cpu_percent_per_1000_sessions": 20.000, "rss_mb_of_one_session": 5.000,\
             "rss_mb": 6.000, "rss_kb_per_session": 1.024, "machine_load": 0.250}\
            """);
  }

  @Test
  void thereIsATableForEachMeasurementThatWasMade() {
    assertThat(report().tables())
        .contains("2 processors, load 0.3 before the run")
        .contains("3x50 ms   quiet         frr                   2      150.100")
        .contains("3x50 ms   group         bird       absent: no control groups")
        .contains("many: many sessions at once");
  }

  @Test
  void anAbsentContenderIsNoFailureButAFailedOneIs() {
    assertThat(report().complete()).isTrue();
    found(
        Measurement.COST, new FrrContender(), Load.QUIET, new Finding.Failed("no steady session"));
    assertThat(new BfdReport(findings, machine).complete()).isFalse();
  }

  @Test
  void trialsUnderLoadRunOneAfterAnother() {
    Schedule schedule =
        Schedule.of(List.of(Measurement.DOWNS), List.of(new FrrContender(), new BirdContender()));
    assertThat(schedule.rounds().subList(0, 2)).allSatisfy(round -> assertThat(round).hasSize(2));
    assertThat(schedule.rounds().subList(2, 10))
        .allSatisfy(round -> assertThat(round).hasSize(1))
        .doesNotHaveDuplicates();
    assertThat(schedule.rounds()).hasSize(10);
  }

  @Test
  void onlyAJvmIsTriedWithGarbage() {
    Schedule schedule =
        Schedule.of(
            List.of(Measurement.DOWNS),
            List.of(new BugleContender(50, List.of()), new FrrContender()));
    assertThat(schedule.rounds())
        .flatMap(round -> round)
        .filteredOn(trial -> trial.load().makesGarbage())
        .hasSize(6)
        .allSatisfy(trial -> assertThat(trial.contender()).hasToString("bugle"));
  }

  @Test
  void howTheJvmWasStartedIsTold() {
    found(
        Measurement.COST,
        new BugleContender(0, List.of("-Xmn8m")),
        Load.QUIET,
        new Finding.Cost(1, 50, 50));
    BfdReport report = new BfdReport(findings, machine);
    assertThat(report.tables()).contains("\nbugle: an ordinary thread; java -XX:+UseSerialGC ");
    assertThat(report.json()).contains("-Xmn8m\", \"machine_load\"");
  }
}
