package dev.bugle.benchmarks.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FullTableCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return FullTableCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void measuresItselfAndTheLibraryInAProcessOfItsOwn() {
    assertThat(
            run(
                "--trials=1",
                "--prefixes=2000",
                "--json",
                "--contender=harness",
                "--contender=bugle",
                "--scenario=ingest"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString().lines())
        .satisfiesExactly(
            harness ->
                assertThat(harness)
                    .contains("\"harness\"", "\"measured\"", "\"announcements_received\": 2000"),
            bugle ->
                assertThat(bugle)
                    .contains("\"bugle\"", "\"measured\"", "\"prefixes\": 2000", "\"start_s\": "));
  }

  @Test
  void unknownNamesAreWrongUsageAndTheKnownAreNamed() {
    assertThat(run("--contender", "quagga")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "there is no contender 'quagga'; known are harness, bugle, bird, frr, frr-coalesce-0,"
                + " gobgp");
    assertThat(run("--scenario", "flap")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "there is no scenario 'flap'; known are ingest, relay, relay-tenth, two-senders,"
                + " 100-receivers");
  }

  @Test
  void noTrialsAreWrongUsage() {
    assertThat(run("--trials", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--trials and --limit take 1 or more");
  }
}
