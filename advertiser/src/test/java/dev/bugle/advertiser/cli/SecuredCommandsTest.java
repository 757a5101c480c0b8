package dev.bugle.advertiser.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.Eventually;
import dev.bugle.advertiser.admin.AdminServer;
import dev.bugle.advertiser.api.Extras;
import dev.bugle.advertiser.cli.RunningProgram.Said;
import dev.bugle.advertiser.config.AdminConfig;
import dev.bugle.advertiser.config.AdminListen;
import dev.bugle.advertiser.health.TestAuthority;
import dev.bugle.bgp.wire.IpAddress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands with an admin server that has a token and a certificate. */
@Timeout(120)
class SecuredCommandsTest {

  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String ANOTHER = "fedcba9876543210fedcba9876543210";

  @TempDir private static Path dir;
  private static TestAuthority authority;
  private static TestAuthority other;
  private static Path token;
  private static Path wrongToken;
  private static RunningProgram program;
  private static TestAuthority.Pem valid;
  private static Path outOfTime;
  private static AdminServer secured;
  private static AdminServer named;
  private static AdminServer expired;
  private static AdminServer future;

  @BeforeAll
  static void startServers() throws Exception {
    authority = TestAuthority.in(dir, "bugle-ca");
    other = TestAuthority.in(dir, "other-ca");
    token = Files.writeString(dir.resolve("token"), TOKEN + "\n");
    wrongToken = Files.writeString(dir.resolve("wrong-token"), ANOTHER + "\n");
    program = new RunningProgram(dir, Extras.NONE);
    Eventually.is(() -> program.advertiser.missing().isEmpty(), program.advertiser::missing);
    valid = authority.pemFor("ip:127.0.0.1,dns:localhost", "-validity 5");
    secured = serve(valid);
    named = serve(authority.pemFor("dns:node-1.example,dns:vip.example", "-validity 5"));
    TestAuthority.Pem old = authority.pemFor("ip:127.0.0.1,dns:old", "-startdate -9d -validity 1");
    outOfTime = old.certificate();
    expired = serve(old);
    future = serve(authority.pemFor("ip:127.0.0.1,dns:new", "-startdate +2d -validity 1"));
  }

  private static AdminServer serve(TestAuthority.Pem pem) {
    return AdminServer.open(
        new AdminConfig(
            List.of(new AdminListen.Tcp(IpAddress.parse("127.0.0.1"), 0)),
            Optional.of(token),
            Optional.of(new AdminConfig.Tls(pem.certificate(), pem.key())),
            false),
        program.api.content());
  }

  @AfterAll
  static void stopServers() {
    for (AdminServer server : new AdminServer[] {secured, named, expired, future}) {
      if (server != null) {
        server.close();
      }
    }
    program.close();
  }

  /** The command as one types it: {@code why 203.0.113.2} and its options. */
  private static Said run(String command, AdminServer server, Object... options) {
    List<String> all = new ArrayList<>(List.of(command.split(" ", -1)));
    all.addAll(List.of("--admin", server.places().get(0).toString()));
    for (Object option : options) {
      all.add(option.toString());
    }
    return RunningProgram.runAlone(all.toArray(String[]::new));
  }

  private static void refused(Said said, String begin, String... parts) {
    assertThat(said.code()).as(said.err()).isEqualTo(Main.FAILED);
    assertThat(said.out()).isEmpty();
    assertThat(said.err().strip())
        .startsWith(begin)
        .doesNotContain(TOKEN, ANOTHER, "\n", "Exception", "PKIX", "is bugle run running");
    for (String part : parts) {
      assertThat(said.err()).contains(part);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "why 203.0.113.2", "peers", "routes sent 127.0.0.1"})
  void whoHasTheTokenAndTheCaIsAnswered(String command) {
    Said said = run(command, secured, "--token-file", token, "--ca-file", authority.file());
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.out()).containsAnyOf("203.0.113.2", "65000");
    String byName = "https://localhost:" + port(secured);
    assertThat(
            RunningProgram.runAlone(
                    "status", "--admin=" + byName, "--token-file=" + token, ca(authority))
                .code())
        .isZero();
  }

  private static String port(AdminServer server) {
    return server.places().get(0).toString().replaceAll(".*:", "");
  }

  private static String ca(TestAuthority of) {
    return "--ca-file=" + of.file();
  }

  @Test
  void watchFollowsOverTls() throws Exception {
    AdminServer server = serve(valid);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    FutureTask<Integer> watching =
        new FutureTask<>(
            () ->
                Main.commandLine()
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .execute(
                        "watch",
                        "--admin=" + server.places().get(0),
                        "--token-file=" + token,
                        ca(authority)));
    Thread thread = new Thread(watching, "watch");
    thread.setDaemon(true);
    thread.start();
    Eventually.is(() -> out.toString().contains("203.0.113.2/32: announced (always)"), () -> out);
    server.close();
    Eventually.is(() -> err.toString().contains("; trying again"), () -> err);
    thread.interrupt();
    assertThat(watching.get(20, TimeUnit.SECONDS)).isEqualTo(Main.OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "why 203.0.113.2", "watch"})
  void aWrongTokenAndNoneAreTold(String command) {
    String place = secured.places().get(0).toString();
    refused(
        run(command, secured, "--token-file", wrongToken, ca(authority)),
        "bugle at " + place + " has another token than " + wrongToken);
    refused(
        run(command, secured, ca(authority)),
        "bugle at " + place + " wants a token; say --token-file FILE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "why 203.0.113.2", "watch"})
  void aCertificateOfAnotherCaIsNotTrusted(String command) {
    String place = secured.places().get(0).toString();
    refused(
        run(command, secured, "--token-file", token, ca(other)),
        "the certificate of " + place + " is issued by CN=bugle-ca, and not signed by a CA in ",
        other.file() + "; is that the right file for --ca-file?");
    String https = "https://127.0.0.1:" + port(secured);
    List<String> bare = new ArrayList<>(List.of(command.split(" ", -1)));
    bare.addAll(List.of("--token-file=" + token, "--admin=" + https));
    refused(
        RunningProgram.runAlone(bare.toArray(String[]::new)),
        "the certificate of " + https + " is issued by CN=bugle-ca, and not signed by a CA that",
        "Java trusts; name its CA with --ca-file FILE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "why 203.0.113.2", "watch"})
  void aCertificateOutOfItsTimeOrForAnotherHostIsNotTrusted(String command) {
    refused(
        run(command, expired, "--token-file", token, ca(authority)),
        "the certificate of " + expired.places().get(0) + " has expired",
        "its own ends at 20",
        "admin.tls.certificate-file");
    refused(
        run(command, future, "--token-file", token, ca(authority)),
        "the certificate of " + future.places().get(0) + " is not valid yet",
        "are the clocks right");
    refused(
        run(command, named, "--token-file", token, ca(authority)),
        "the certificate of "
            + named.places().get(0)
            + " is for node-1.example, vip.example and not for 127.0.0.1; say one of its names",
        "--admin");
  }

  @Test
  void aCertificateThatIsItselfInTheFileMustNotHaveExpiredEither() throws Exception {
    refused(
        run("status", expired, "--token-file", token, "--ca-file", outOfTime),
        "the certificate of " + expired.places().get(0) + " has expired");
  }

  @Test
  void aFileWithoutCertificatesIsNamed() throws Exception {
    Path none = dir.resolve("none.pem");
    Path empty = Files.writeString(dir.resolve("empty.pem"), "nothing\n");
    Path torn =
        Files.writeString(
            dir.resolve("torn.pem"),
            Files.readString(authority.file()).substring(0, 200) + "\n-----END CERTIFICATE-----\n");
    refused(
        run("status", secured, "--ca-file", none), "CA file " + none + ": there is no such file");
    for (Path file : List.of(empty, torn)) {
      refused(
          run("status", secured, "--ca-file", file),
          "CA file " + file + " has no certificate: expected one or more in PEM");
    }
    refused(run("status", secured, "--ca-file", dir), "CA file " + dir + " cannot be read");
  }

  @Test
  void whoSpeaksTlsAloneOrNotAtAllIsToldSo() {
    refused(
        run("status", program.server, ca(authority)),
        "what answers at " + program.server.places().get(0) + " does not speak TLS",
        "it has no admin.tls: say --admin " + program.server.places().get(0));
    refused(
        run("status", secured, "--token-file", token),
        "what listens at "
            + secured.places().get(0)
            + " has closed the connection without an answer; where it has admin.tls, say"
            + " --ca-file");
    refused(
        run("watch", secured, "--token-file", token),
        "what listens at " + secured.places().get(0) + " has closed the connection");
  }
}
