package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.ConfigFile;
import dev.bugle.advertiser.config.InvalidConfigException;
import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.ElectorKinds;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.plugin.PortProvider;
import dev.bugle.advertiser.time.Ticker;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A kind of election that is not part of the advertiser, and is found beside it. */
@Timeout(120)
class ElectorPluginTest {

  private static final Path SOURCES = Path.of("src/test/java/dev/bugle/advertiser/plugin");

  @TempDir private Path dir;

  private static String document(String election) {
    return """
    speaker: {local-as: 65001, router-id: 192.0.2.1}
    peers: [{address: 192.0.2.254, remote-as: 65000}]
    vips: [{prefix: 203.0.113.10/32, leadership: mine}]
    leadership:
    """
        + election.indent(2);
  }

  private static List<String> faultsOf(String election) {
    InvalidConfigException e =
        catchThrowableOfType(
            InvalidConfigException.class, () -> ConfigFile.parse("b.yaml", document(election)));
    assertThat(e).as(election).isNotNull();
    return e.faults().stream().map(Object::toString).toList();
  }

  /** Below those that the system gives to whoever asks for any, so that it stays free. */
  private static int freePort() throws IOException {
    for (int port = 20_000; port < 21_000; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Somebody has this one.
      }
    }
    throw new IOException("a thousand ports of loopback are taken");
  }

  @Test
  void itIsConfiguredAndCompetesLikeTheOthers() throws Exception {
    int port = freePort();
    AdvertiserConfig config =
        ConfigFile.parse("b.yaml", document("mine: {type: port, port: " + port + "}"));
    try (Elector first = elector(config);
        Elector second = elector(config)) {
      first.stand(true);
      first.start(() -> {});
      Eventually.is(() -> isHeld(first), first::leadership);
      second.stand(true);
      second.start(() -> {});
      Eventually.is(
          () -> second.leadership().reason().equals("port " + port + " is taken"),
          second::leadership);

      first.stand(false);
      first.release();

      Eventually.is(() -> isHeld(second), second::leadership);
      assertThat(isHeld(first)).isFalse();
    }
  }

  private static Elector elector(AdvertiserConfig config) {
    Electorate electorate = new Electorate(Map.of(), Ticker.system());
    electorate.open(config);
    Contest contest = electorate.contests().get("mine");
    assertThat(contest).isNotNull();
    return contest.elector();
  }

  private static boolean isHeld(Elector elector) {
    return elector.leadership().isHeldAt(Ticker.system().nanos());
  }

  @Test
  void itsKeysAreCheckedAndTheCommonOnesWithThem() throws Exception {
    assertThat(faultsOf("mine: {type: port, port: 0}"))
        .containsExactly(
            "b.yaml:5: leadership.mine.port: found '0'; expected a TCP port, 1 to 65535");
    assertThat(faultsOf("mine: {type: port, prt: 1}"))
        .hasSize(2)
        .anyMatch(fault -> fault.contains("unknown key; did you mean port?"));
    assertThat(faultsOf("mine: {type: port, port: 1, preferred: true}")) // it would not obey
        .singleElement()
        .asString()
        .contains("mine.preferred: unknown key; the keys here are type, port, order, overlap");
    assertThat(faultsOf("mine: {type: port, port: 1, overlap: 1s}"))
        .singleElement()
        .asString()
        .contains("mine.overlap: order is withdraw-first");
    assertThat(faultsOf("mine: {type: port, port: 1}\nyours: {type: port, port: 1}"))
        .singleElement()
        .asString()
        .contains("competes for port 1 of loopback as leadership.mine does");
    assertThat(
            ConfigFile.parse(
                    "b.yaml", document("mine: {type: port, port: 1, order: overlap, overlap: 3s}"))
                .electors()
                .get("mine")
                .handover())
        .isEqualTo(Handover.overlapping(Duration.ofSeconds(3)));
  }

  @Test
  void anUnknownTypeIsRefusedWithAllThatAreThere() {
    assertThat(faultsOf("mine: {type: raft}"))
        .containsExactly(
            "b.yaml:5: leadership.mine.type: found 'raft'; expected one of: always, file-lock,"
                + " port");
  }

  @Test
  void itsKeysAreThereForTheReferencePage() {
    assertThat(ElectorKinds.found().sections().get("port").keys())
        .extracting(Key::name)
        .containsExactly("type", "port", "order", "overlap", "yield-without-peers");
    assertThat(ElectorKinds.found().sections().get("port").keys())
        .extracting(Key::documentation)
        .contains("The port that one can have.");
  }

  @Test
  void itIsFoundOnTheModulePathToo() throws Exception {
    String libraries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .filter(
                entry -> !Pattern.compile("junit|assertj|archunit|surefire").matcher(entry).find())
            .collect(Collectors.joining(File.pathSeparator));
    Path module = compile(libraries);
    Path config = dir.resolve("b.yaml");
    Files.writeString(config, document("mine: {type: port, port: 1}"));

    String withIt = check(libraries + File.pathSeparator + module, config);
    String without = check(libraries, config);

    assertThat(withIt).contains("configuration is valid");
    assertThat(without).contains("found 'port'; expected one of: always, file-lock\n");
  }

  private Path compile(String modulePath) throws IOException {
    Path info = dir.resolve("module-info.java");
    Files.writeString(
        info,
        """
        module com.example.port {
          requires dev.bugle.advertiser;
          requires static org.jspecify;
          provides dev.bugle.advertiser.leadership.ElectorProvider
              with %s;
        }
        """
            .formatted(PortProvider.class.getName()));
    Path out = dir.resolve("module");
    List<String> arguments =
        new ArrayList<>(
            List.of("-d", out.toString(), "-p", modulePath, "-proc:none", info.toString()));
    for (String source : List.of("PortProvider.java", "PortElector.java")) {
      arguments.add(SOURCES.resolve(source).toString());
    }
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(failed).isZero();
    return out;
  }

  private static String check(String modulePath, Path config) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p",
                modulePath,
                "-m",
                "dev.bugle.advertiser/dev.bugle.advertiser.cli.Main",
                "check",
                config.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
