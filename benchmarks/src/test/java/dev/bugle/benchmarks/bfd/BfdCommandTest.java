package dev.bugle.benchmarks.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Wrong usage, which is found before anything is begun and before root is missed. */
class BfdCommandTest {

  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return BfdCommand.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
  }

  @Test
  void anUnknownContenderIsWrongUsageAndTheKnownAreNamed() {
    assertThat(run("--contender", "gobgp")).isEqualTo(2);
    assertThat(err.toString())
        .contains("there is no contender 'gobgp'; known are bugle, frr, bird");
  }

  @Test
  void anUnknownMeasurementIsWrongUsageAndTheKnownAreNamed() {
    assertThat(run("--only", "cost", "--skip", "load")).isEqualTo(2);
    assertThat(err.toString())
        .contains("there is no measurement 'load'; known are detection, downs, cost, many");
  }

  @Test
  void noDropsAreWrongUsage() {
    assertThat(run("--drops", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--drops and --seconds take 1 or more");
  }
}
