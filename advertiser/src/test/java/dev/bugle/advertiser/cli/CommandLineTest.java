package dev.bugle.advertiser.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine commandLine =
      Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
  @TempDir private Path dir;

  private int run(String... args) {
    return commandLine.execute(args);
  }

  @Test
  void checkAcceptsTheSample() {
    assertThat(run("check", "../examples/bugle.yaml")).isEqualTo(Main.OK);
    assertThat(out.toString())
        .isEqualToIgnoringNewLines(
            "../examples/bugle.yaml: configuration is valid: peers 1, VIPs 3, elections 1");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "run"})
  void aFaultyFileIsRefusedWithEveryFault(String command) throws IOException {
    Path file = Files.writeString(dir.resolve("b.yaml"), "speaker: {}\npeers: []\nvips: 3\n");

    assertThat(run(command, file.toString())).isEqualTo(Main.WRONG_INPUT);

    assertThat(err.toString().lines()).hasSize(5).last().isEqualTo("4 faults; nothing was started");
    assertThat(err.toString().lines().limit(4)).allMatch(line -> line.startsWith(file + ":"));
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "run"})
  void aMissingFileIsNamed(String command) {
    assertThat(run(command, "none.yaml")).isEqualTo(Main.WRONG_INPUT);
    assertThat(err.toString()).contains("none.yaml: there is no such file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "chek",
        "run",
        "check",
        "demo --for 9",
        "demo --fast",
        "run a b",
        "check --set a b",
        "mrt",
        "mrt dump",
        "mrt load file 192.0.2.254",
        "mrt record file --local-as 65001",
        "run --set"
      })
  void wrongUsageIsAnsweredWithTheUsageAndCode2(String line) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ", -1);
    assertThat(run(args)).isEqualTo(Main.WRONG_INPUT);
    assertThat(err.toString()).contains("bugle").doesNotContain("\tat ");
  }

  @Test
  void aFaultInADumpIsNamedAndWhatIsBehindItIsShown() throws IOException {
    byte[] faulty = HexFormat.of().parseHex("6922e9c0000d00010000000100");
    byte[] sound = HexFormat.of().parseHex("6922e9c0000d000100000008c000020100000000");
    Path file = dir.resolve("dump.mrt");
    Files.write(file, faulty);
    Files.write(file, sound, StandardOpenOption.APPEND);
    assertThat(run("mrt", "dump", file.toString())).isEqualTo(Main.FAILED);
    assertThat(out.toString())
        .isEqualToIgnoringNewLines("2025-11-23T11:02:24Z PEER_INDEX_TABLE 192.0.2.1 view '' []");
    assertThat(err.toString()).contains("dump.mrt: the record at octet 0: type 13 subtype 1: ");
  }

  @Test
  void aDumpThatIsNotThereIsNamed() {
    assertThat(run("mrt", "dump", "none.mrt")).isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains("none.mrt: there is no such file");
  }

  @Test
  void whatIsSetBesideTheFileIsNamed() {
    assertThat(run("check", "../examples/bugle.yaml", "--set", "speaker.local-as=65009")).isZero();
    assertThat(out.toString()).contains("set beside the file: --set speaker.local-as");

    assertThat(run("check", "--set=speaker.local-as=x", "../examples/bugle.yaml"))
        .isEqualTo(Main.WRONG_INPUT);
    assertThat(err.toString())
        .startsWith("--set speaker.local-as: found 'x'; expected an AS number, 1 to 4294967295");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0",
        "speaker:\n\tlocal-as: 1",
        "speaker: &a [*a]",
        "speaker: !!java.net.URL [x]",
        "a: 1\n---\nb: 2",
        "\u001b[2J: \u001b]0;title\u0007",
        "\"\\e[2J\": 1",
        "[[[[[[[[[[[[[[[[[[[[",
        "speaker: {local-as: 99999999999999999999, router-id: [], x: y, x: z}",
      })
  void whateverAFileSaysThereIsNoStackTraceAndNothingForTheTerminal(String document)
      throws IOException {
    Path file = Files.writeString(dir.resolve("b.yaml"), document);

    assertThat(run("check", file.toString())).isEqualTo(Main.WRONG_INPUT);

    assertThat(err.toString())
        .contains("nothing was started")
        .doesNotContain("\tat ", "Exception", "\u001b", "\u0007");
    assertThat(err.toString().lines().limit(1)).allMatch(line -> line.startsWith(file.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/zero", "/dev/null", "/dev", "/dev/null/x", "/proc/self/mem"})
  @Timeout(10)
  void whatIsNoFileIsRefusedByName(String path) {
    assumeTrue(Files.exists(Path.of("/dev/zero")), "there is no /dev/zero here");
    assertThat(run("check", path)).isEqualTo(Main.WRONG_INPUT);
    assertThat(err.toString()).startsWith(path + ": ").doesNotContain("\tat ");
  }

  @Test
  @Timeout(10)
  void aPipeThatNobodyWritesToIsNotWaitedFor() throws Exception {
    Path pipe = dir.resolve("pipe");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "there is no mkfifo here");
    assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThat(run("check", pipe.toString())).isEqualTo(Main.WRONG_INPUT);
    assertThat(err.toString()).contains("this is a pipe or a device");
  }

  @Test
  void helpAndVersionArePrinted() {
    assertThat(run("--help")).isZero();
    assertThat(run("run", "--help")).isZero();
    assertThat(run("check", "-V")).isZero();
    assertThat(out.toString())
        .contains("Usage: bugle run [-hV] [--log-format=FORMAT] [--set=PATH=VALUE]... CONFIG.yaml")
        .contains("Java ");
  }
}
