package dev.bugle.advertiser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.JsonText;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.attribute.MultiExitDisc;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: exit codes, signals, and what it says. */
@Timeout(60)
class ProgramTest {

  /** Where no other test listens, so that a port that was free stays so until it is wanted. */
  private static final String HERE = "127.78.7.1";

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
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HERE))) {
      return socket.getLocalPort();
    }
  }

  @Test
  void sigtermEndsItInOrderWithCode0() throws Exception {
    Process process = start("run", config(HERE + ":" + freePort()));
    awaitLog(log -> log.contains("VIP 203.0.113.10/32: announced (always)"));

    process.destroy();

    assertThat(process.waitFor()).isZero();
    assertThat(log()).contains("VIP 203.0.113.10/32: withdrawn (stopping)");
    assertThat(log().lines()).allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT.* INFO .*"));
  }

  /** The start waits: peers are to see everything at once after a restart, and this never comes. */
  @Test
  void sigtermWhileItIsStillStartingEndsItInOrderToo() throws Exception {
    String file =
        Files.writeString(
                dir.resolve("restarting.yaml"),
                """
                speaker: {local-as: 65001, router-id: 192.0.2.1, on-stop: keep-routes}
                peers: [{address: 127.0.0.1, remote-as: 65000, graceful-restart: {restart-time: 30s}}]
                health: {never: {type: tcp, host: 127.0.0.1, port: 1}}
                vips: [{prefix: 203.0.113.10/32, leadership: always, health: never}]
                admin: off
                """)
            .toString();
    Process process = start("run", file);
    awaitLog(log -> log.contains("VIP 203.0.113.10/32: not announced"));

    process.destroy();

    assertThat(process.waitFor()).as(log()).isZero();
  }

  @Test
  void itStopsWithTheProcessThatItIsToldToStopWith() throws Exception {
    Process other = start("run", config(HERE + ":" + freePort()));
    awaitLog(log -> log.contains("announced"));
    Process process =
        start("run", config(HERE + ":" + freePort()), "--stop-with", Long.toString(other.pid()));
    awaitLog(log -> log.contains("announced"));

    other.destroyForcibly().waitFor();

    assertThat(process.waitFor()).isZero();
    assertThat(log()).contains("withdrawn (stopping)");
  }

  @Test
  void itStopsAtOnceWhenThatProcessHasEndedBefore() throws Exception {
    Process other = start("check", config(HERE + ":" + freePort()));
    other.waitFor();
    Process process =
        start("run", config(HERE + ":" + freePort()), "--stop-with", Long.toString(other.pid()));

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

  private void write(int listen, String vips) throws IOException {
    Files.writeString(
        dir.resolve("bugle.yaml"),
        """
        speaker: {local-as: 65001, router-id: 192.0.2.1, listen: "%s:%d"}
        peers: [{address: 127.0.0.1, remote-as: 65000, passive: true}]
        vips: [%s]
        admin: off
        """
            .formatted(HERE, listen, vips));
  }

  private void hangUp(Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void sighupAppliesWhatDiffersAndABadFileChangesNothing() throws Exception {
    int port = freePort();
    try (BgpSpeaker router = BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").build())) {
      BlockingQueue<String> seen = new LinkedBlockingQueue<>();
      write(port, "{prefix: 203.0.113.10/32, leadership: always, med: 10}");
      Process process = start("run", dir.resolve("bugle.yaml").toString());
      awaitLog(log -> log.contains("VIP 203.0.113.10/32: announced (always)"));
      router.peer(
          PeerConfig.builder(HERE, 65001).port(port).localAddress("127.0.0.1").build(),
          witness(seen));
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("up");
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("203.0.113.10/32 MED 10");

      write(port, "{prefix: 203.0.113.10/32, leadership: always, med: 20}");
      hangUp(process);
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("203.0.113.10/32 MED 20");
      awaitLog(log -> log.contains("reloaded (SIGHUP)"));
      assertThat(log()).contains("reload: vips: 203.0.113.10/32 changed: its route");

      write(port, "{prefix: 203.0.113.10/33, leadership: always, med: no}");
      hangUp(process);
      awaitLog(log -> log.contains("reload (SIGHUP): nothing was changed"));
      assertThat(log()).contains("bugle.yaml:3: vips[0].prefix:", "bugle.yaml:3: vips[0].med:");

      write(freePort(), "{prefix: 203.0.113.10/32, leadership: always, med: 30}");
      hangUp(process);
      awaitLog(log -> log.contains("speaker.listen: is [" + HERE + " port " + port));

      write(port, "{prefix: 203.0.113.10/32, leadership: always, med: 40}");
      hangUp(process);
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("203.0.113.10/32 MED 40");
      process.destroy();
      assertThat(process.waitFor()).isZero();
    }
  }

  private static PeerListener witness(BlockingQueue<String> seen) {
    return new PeerListener() {
      @Override
      public void stateChanged(Peer peer, SessionState from, SessionState to, String cause) {
        if (to == SessionState.ESTABLISHED || from == SessionState.ESTABLISHED) {
          seen.add(to == SessionState.ESTABLISHED ? "up" : "down");
        }
      }

      @Override
      public void updateReceived(Peer peer, UpdateMessage update) {
        update.withdrawn().values().forEach(all -> all.forEach(p -> seen.add("-" + p)));
        String med = update.attributes().get(MultiExitDisc.class).map(m -> " MED " + m).orElse("");
        update.announced().values().forEach(all -> all.forEach(p -> seen.add(p + med)));
      }
    };
  }

  private String config(String listen, String admin) throws IOException {
    String file = config(listen);
    Files.writeString(
        Path.of(file), Files.readString(Path.of(file)).replace("admin: off", "admin: " + admin));
    return file;
  }

  @Test
  void aRunningProgramIsSeenAndSteeredThroughItsSocket() throws Exception {
    Path socket = dir.resolve("admin.sock");
    String admin = "unix:" + socket;
    Process process =
        start(
            "run",
            config(HERE + ":" + freePort(), "{listen: [\"" + admin + "\"]}"),
            "--log-format=json");
    awaitLog(log -> log.contains("announced (always)"));

    RunningProgram.Said said = RunningProgram.runAlone("status", "--admin", admin);
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).contains("not ready:", "the session with peer 127.0.0.1 is");
    assertThat(RunningProgram.runAlone("drain", "--wait", "--admin", admin).out())
        .isEqualToIgnoringNewLines("VIP 203.0.113.10/32 is withdrawn");
    process.destroy();

    assertThat(process.waitFor()).isZero();
    assertThat(socket).doesNotExist();
    for (String line : log().lines().toList()) {
      Json json = JsonText.read(line);
      assertThat(json.find("level")).contains(Json.of("INFO"));
      assertThat(((Json.Fields) json).values().keySet())
          .containsExactly("time", "level", "logger", "thread", "message");
    }
  }

  @Test
  void anAdminServerThatCannotBeHadRefusesTheStartBeforeAPeerSeesAnything() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String place = "127.0.0.1:" + taken.getLocalPort();
      Process process =
          start("run", config(HERE + ":" + freePort(), "{listen: \"" + place + "\"}"));

      assertThat(process.waitFor()).isEqualTo(Main.FAILED);
      assertThat(log())
          .contains("bugle could not start: the admin server cannot listen at " + place)
          .doesNotContain("CONNECT", ": announced", "\tat ");
    }
  }

  /** The log, every line of which must be an object. */
  private List<Json> jsonLog() throws Exception {
    List<Json> lines = new ArrayList<>();
    for (String line : log().lines().toList()) {
      lines.add(JsonText.read(line));
    }
    return lines;
  }

  private static String text(Json line, String field) {
    return line.find(field).map(value -> value.text().orElseGet(value::toString)).orElse("");
  }

  @Test
  void faultsAreObjectsWhereTheLogIsOnStart() throws Exception {
    String file = dir.resolve("bugle.yaml").toString();
    write(freePort(), "{prefix: 203.0.113.10/33, leadership: always, med: no}");
    Process process = start("run", file, "--log-format=json", "--set", "drain.time=yesterday");

    assertThat(process.waitFor()).isEqualTo(Main.WRONG_INPUT);

    assertThat(jsonLog())
        .allSatisfy(line -> assertThat(text(line, "level")).isEqualTo("ERROR"))
        .extracting(line -> text(line, "key") + " " + text(line, "line"))
        .containsExactlyInAnyOrder("vips[0].prefix 3", "vips[0].med 3", "drain.time ", " ");
    assertThat(jsonLog())
        .extracting(line -> text(line, "message"))
        .endsWith("3 faults; nothing was started")
        .anyMatch(it -> it.startsWith(file + ":3: vips[0].med: found ") && it.contains("expected"))
        .anyMatch(it -> it.startsWith("--set drain.time: found 'yesterday'; expected "));

    assertThat(start("run", dir + "/none.yaml", "--log-format=json").waitFor())
        .isEqualTo(Main.WRONG_INPUT);
    assertThat(jsonLog())
        .extracting(line -> text(line, "message"))
        .containsExactly(
            dir + "/none.yaml: there is no such file; check the path",
            "1 fault; nothing was started");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void faultsAreObjectsWhereTheLogIsOnReload() throws Exception {
    int port = freePort();
    write(port, "{prefix: 203.0.113.10/32, leadership: always}");
    Process process = start("run", dir.resolve("bugle.yaml").toString(), "--log-format=json");
    awaitLog(log -> log.contains("announced (always)"));

    write(port, "{prefix: 203.0.113.10/33, leadership: always, med: no}");
    hangUp(process);
    awaitLog(log -> log.contains("reload (SIGHUP): nothing was changed"));
    write(freePort(), "{prefix: 203.0.113.10/32, leadership: always}");
    hangUp(process);
    awaitLog(log -> log.contains("restart the program"));
    process.destroy();
    assertThat(process.waitFor()).isZero();

    List<Json> faults = jsonLog().stream().filter(line -> line.find("fault").isPresent()).toList();
    assertThat(faults)
        .allSatisfy(line -> assertThat(text(line, "source")).endsWith("/bugle.yaml"))
        .extracting(line -> text(line, "key") + " " + text(line, "line"))
        .containsExactly("vips[0].med 3", "vips[0].prefix 3");
    assertThat(faults)
        .allSatisfy(line -> assertThat(text(line, "message")).startsWith("reload: "))
        .allSatisfy(line -> assertThat(text(line, "message")).endsWith(text(line, "fault")));
  }
}
