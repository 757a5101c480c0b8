package dev.bugle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WithdrawCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return WithdrawCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void measuresTheAdvertiserAndTheLibrary() {
    assertThat(
            run(
                "--trials",
                "3",
                "--warmup",
                "1",
                "--json",
                "--contender",
                "bugle",
                "--contender",
                "bgp-core"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString().lines())
        .satisfiesExactly(
            bugle ->
                assertThat(bugle)
                    .contains("\"bugle\"", "\"measured\"", "\"trials\": 3", "\"p99_ms\": "),
            library -> assertThat(library).contains("\"bgp-core\"", "\"measured\""));
  }

  @Test
  void anUnknownContenderIsWrongUsageAndTheKnownAreNamed() {
    assertThat(run("--contender", "frr")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "there is no contender 'frr'; known are bugle, bugle-program, bgp-core, bird, gobgp,"
                + " gobgp-library");
  }

  @Test
  void anUnknownCauseIsWrongUsageAndTheKnownAreNamed() {
    assertThat(run("--cause", "weather")).isEqualTo(2);
    assertThat(err.toString()).contains("leadership, health, drain");
  }

  @Test
  void noTrialsAreWrongUsage() {
    assertThat(run("--trials", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--trials takes 1 or more");
  }
}
