package dev.bugle.advertiser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: exit codes, signals, and what it says. */
@Timeout(60)
class ProgramTest {

  private final List<Process> processes = new ArrayList<>();
  @TempDir private Path dir;

  @AfterEach
  void endProcesses() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  private Process start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (Runtime.version().feature() >= 24) { // as the launcher does: else the JVM warns
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(Arrays.asList(args));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("log" + processes.size()).toFile())
            .start();
    processes.add(process);
    return process;
  }

  /** What the process that was started last has said. */
  private String log() throws IOException {
    return Files.readString(dir.resolve("log" + (processes.size() - 1)));
  }

  private void awaitLog(Predicate<String> wanted) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!wanted.test(log())) {
      assertThat(System.nanoTime()).as(log()).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private String config(String listen) throws IOException {
    return Files.writeString(
            dir.resolve("bugle.yaml"),
            """
            speaker: {local-as: 65001, router-id: 192.0.2.1, listen: "%s"}
            peers: [{address: 127.0.0.1, remote-as: 65000, passive: true}]
            vips: [{prefix: 203.0.113.10/32, leadership: always}]
            admin: off
            """
                .formatted(listen))
        .toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void sigtermEndsItInOrderWithCode0() throws Exception {
    Process process = start("run", config("127.0.0.1:" + freePort()));
    awaitLog(log -> log.contains("VIP 203.0.113.10/32: announced (always)"));

    process.destroy();

    assertThat(process.waitFor()).isZero();
    assertThat(log()).contains("VIP 203.0.113.10/32: withdrawn (stopping)");
    assertThat(log().lines()).allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT.* INFO .*"));
  }

  @Test
  void itStopsWithTheProcessThatItIsToldToStopWith() throws Exception {
    Process other = start("run", config("127.0.0.1:" + freePort()));
    awaitLog(log -> log.contains("announced"));
    Process process =
        start("run", config("127.0.0.1:" + freePort()), "--stop-with", Long.toString(other.pid()));
    awaitLog(log -> log.contains("announced"));

    other.destroyForcibly().waitFor();

    assertThat(process.waitFor()).isZero();
    assertThat(log()).contains("withdrawn (stopping)");
  }

  @Test
  void itStopsAtOnceWhenThatProcessHasEndedBefore() throws Exception {
    Process other = start("check", config("127.0.0.1:" + freePort()));
    other.waitFor();
    Process process =
        start("run", config("127.0.0.1:" + freePort()), "--stop-with", Long.toString(other.pid()));

    assertThat(process.waitFor()).isZero();
    assertThat(log()).contains("stopped: Cease/Administrative Shutdown");
  }

  @Test
  void bfdThatCannotBeHadIsAMessageAndCode1() throws Exception {
    String file =
        Files.writeString(
                dir.resolve("bfd.yaml"),
                """
                speaker: {local-as: 65001, router-id: 192.0.2.1}
                peers:
                  - address: 127.79.0.2
                    local-address: 127.79.0.1
                    remote-as: 65000
                    bfd: {interface: none0}
                vips: [{prefix: 203.0.113.10/32, leadership: always}]
                """)
            .toString();
    Process process = start("run", file);

    assertThat(process.waitFor()).isEqualTo(Main.FAILED);
    assertThat(log())
        .contains("bugle could not start: peer 127.79.0.2: BFD 127.79.0.2%none0 from 127.79.0.1")
        .contains("interface none0")
        .doesNotContain("speaker.listen", "CONNECT", "\tat ");
  }

  @Test
  void aPortInUseIsAMessageAndCode1() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process = start("run", config("127.0.0.1:" + taken.getLocalPort()));

      assertThat(process.waitFor()).isEqualTo(Main.FAILED);
      assertThat(log())
          .contains("bugle could not start: cannot listen on 127.0.0.1 port")
          .contains("speaker.listen")
          .doesNotContain("\tat ");
    }
  }
}
