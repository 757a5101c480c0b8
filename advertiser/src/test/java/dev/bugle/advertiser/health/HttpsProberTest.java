package dev.bugle.advertiser.health;

import static dev.bugle.advertiser.health.LoopbackServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS with a CA that the test makes. */
@Timeout(180)
class HttpsProberTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @TempDir private static Path dir;
  private static TestAuthority authority;
  private static TestAuthority other;
  private static SSLContext loopback;
  private static SSLContext named;
  private static SSLContext expired;

  @BeforeAll
  static void makeCertificates() throws Exception {
    authority = TestAuthority.in(dir, "bugle-ca");
    other = TestAuthority.in(dir, "other-ca");
    loopback = authority.serverFor("ip:127.0.0.1", "-validity 5");
    named = authority.serverFor("dns:vip.example", "-validity 5");
    expired = authority.serverFor("ip:127.0.0.1,dns:old", "-startdate -9d -validity 1");
  }

  private static LoopbackServer server(SSLContext context) throws IOException {
    ServerSocket socket =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    return new LoopbackServer(socket, client -> write(client, OK));
  }

  private static LoopbackServer askingWhoIsThere() throws IOException {
    SSLServerSocket socket =
        (SSLServerSocket)
            loopback
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(true);
    return new LoopbackServer(socket, client -> write(client, OK));
  }

  private static Probe.Credentials showing(Path certificate, Path key) {
    return new Probe.Credentials(
        Optional.of(authority.file()),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Probe.ClientCertificate(certificate, key)));
  }

  private static Probe.Credentials trusting(Path file) {
    return Probe.Credentials.trusting(Optional.of(file), Optional.empty());
  }

  private static Outcome ask(LoopbackServer server, Probe.Credentials credentials)
      throws InterruptedException {
    return Probing.once(Probing.http("https://127.0.0.1:" + server.port(), credentials));
  }

  @Test
  void certificateOfTheCaInTheFileIsTrusted() throws Exception {
    try (LoopbackServer server = server(loopback)) {
      assertThat(ask(server, trusting(authority.file()))).isEqualTo(Outcome.passed("status 200"));
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void certificateOfAnotherCaIsNot() throws Exception {
    try (LoopbackServer server = server(loopback)) {
      String whose = "the certificate of 127.0.0.1:" + server.port() + " is not signed by a CA ";
      assertThat(ask(server, trusting(other.file())))
          .isEqualTo(Outcome.failed(whose + "in " + other.file()));
      assertThat(ask(server, Probe.Credentials.NONE))
          .isEqualTo(Outcome.failed(whose + "that the Java runtime trusts; name one in ca-file"));
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void certificateMustHaveTheNameOfTheServer() throws Exception {
    try (LoopbackServer server = server(named)) {
      Outcome outcome = ask(server, trusting(authority.file()));
      assertThat(outcome.hasPassed()).isFalse();
      assertThat(outcome.reason())
          .startsWith("the certificate of 127.0.0.1:" + server.port() + " does not fit: ");
      Probe.Credentials byName =
          Probe.Credentials.trusting(Optional.of(authority.file()), Optional.of("vip.example"));
      assertThat(ask(server, byName)).isEqualTo(Outcome.passed("status 200"));
    }
  }

  @Test
  void certificateThatHasExpiredIsSaid() throws Exception {
    try (LoopbackServer server = server(expired)) {
      assertThat(ask(server, trusting(authority.file())).reason())
          .isEqualTo("the certificate of 127.0.0.1:" + server.port() + " has expired");
    }
  }

  @Test
  void fileIsReadAnewForEachProbe() throws Exception {
    Path file = Files.copy(other.file(), dir.resolve("changing.pem"));
    Prober prober = Prober.of(Probing.http("https://127.0.0.1:1", trusting(file)));
    try (LoopbackServer server = server(loopback)) {
      prober = Prober.of(Probing.http("https://127.0.0.1:" + server.port(), trusting(file)));
      assertThat(Probing.once(prober, Probing.LONG).orElseThrow().hasPassed()).isFalse();
      Files.copy(authority.file(), file, StandardCopyOption.REPLACE_EXISTING);
      assertThat(Probing.once(prober, Probing.LONG)).contains(Outcome.passed("status 200"));
      Files.copy(other.file(), file, StandardCopyOption.REPLACE_EXISTING);
      assertThat(Probing.once(prober, Probing.LONG).orElseThrow().hasPassed())
          .as("no session of the old CA is resumed")
          .isFalse();
      Files.writeString(file, "nothing");
      assertThat(Probing.once(prober, Probing.LONG).orElseThrow().reason())
          .startsWith("the CA file " + file + " has no certificates in PEM");
      Files.delete(file);
      assertThat(Probing.once(prober, Probing.LONG))
          .contains(Outcome.failed("the CA file " + file + " is not there"));
    }
  }

  @Test
  void tokenIsReadAnewAndNeverShown() throws Exception {
    Path token = Files.writeString(dir.resolve("token"), "sesame-1\n");
    Probe.Credentials credentials =
        new Probe.Credentials(
            Optional.of(authority.file()), Optional.empty(), Optional.of(token), Optional.empty());
    try (LoopbackServer server = server(loopback)) {
      Prober prober = Prober.of(Probing.http("https://127.0.0.1:" + server.port(), credentials));
      Outcome first = Probing.once(prober, Probing.LONG).orElseThrow();
      Files.writeString(token, "sesame-2");
      Outcome second = Probing.once(prober, Probing.LONG).orElseThrow();
      assertThat(first).isEqualTo(second).isEqualTo(Outcome.passed("status 200"));
      assertThat(server.requests.get(0)).contains("\r\nAuthorization: Bearer sesame-1\r\n");
      assertThat(server.requests.get(1)).contains("\r\nAuthorization: Bearer sesame-2\r\n");
      Files.writeString(token, "sesame 3\r\nX: y");
      assertThat(Probing.once(prober, Probing.LONG))
          .contains(
              Outcome.failed(
                  "the token file " + token + " holds more than one word of printable ASCII"));
      Files.writeString(token, "\n");
      assertThat(Probing.once(prober, Probing.LONG))
          .contains(Outcome.failed("the token file " + token + " is empty"));
    }
    assertThatThrownBy(() -> Probing.http("http://127.0.0.1", credentials))
        .hasMessageContaining("are for https");
  }

  @Test
  void serverThatAsksWhoIsThereIsShownTheCertificateOfTheFiles() throws Exception {
    TestAuthority.Pem pem = authority.pemFor("dns:client", "-validity 5");
    Path both = dir.resolve("both.pem");
    Files.writeString(both, Files.readString(pem.key()) + Files.readString(pem.certificate()));
    try (LoopbackServer server = askingWhoIsThere()) {
      assertThat(ask(server, showing(pem.certificate(), pem.key())))
          .isEqualTo(Outcome.passed("status 200"));
      assertThat(ask(server, showing(both, both))).isEqualTo(Outcome.passed("status 200"));
    }
    try (LoopbackServer server = server(loopback)) {
      assertThat(ask(server, showing(pem.certificate(), pem.key())))
          .as("a server that does not ask")
          .isEqualTo(Outcome.passed("status 200"));
    }
  }

  @Test
  void serverThatDoesNotKnowUsIsSaid() throws Exception {
    TestAuthority.Pem strange = other.pemFor("dns:client", "-validity 5");
    TestAuthority.Pem late = authority.pemFor("dns:late", "-startdate -9d -validity 1");
    try (LoopbackServer server = askingWhoIsThere()) {
      // Whether the alert arrives before the end of the connection is not ours to say.
      assertThat(ask(server, trusting(authority.file())).reason())
          .containsAnyOf(" wants a client certificate (", " broke off the connection");
      assertThat(ask(server, showing(strange.certificate(), strange.key())).reason())
          .endsWith("; does it take the client certificate in " + strange.certificate() + "?");
      assertThat(ask(server, showing(late.certificate(), late.key())).reason())
          .endsWith("; the client certificate in " + late.certificate() + " has expired");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void clientCertificateIsReadAnewAndItsFaultsAreSaidByFile() throws Exception {
    TestAuthority.Pem pem = authority.pemFor("dns:changing", "-validity 5");
    TestAuthority.Pem strange = other.pemFor("dns:changing", "-validity 5");
    Path certificate = Files.copy(pem.certificate(), dir.resolve("client.pem"));
    Path key = Files.copy(strange.key(), dir.resolve("client.key"));
    try (LoopbackServer server = askingWhoIsThere()) {
      Prober prober =
          Prober.of(Probing.http("https://127.0.0.1:" + server.port(), showing(certificate, key)));
      assertThat(Probing.once(prober, Probing.LONG))
          .contains(
              Outcome.failed(
                  "the client key file "
                      + key
                      + " cannot be used: it is not the key of the certificate"));
      Files.copy(pem.key(), key, StandardCopyOption.REPLACE_EXISTING);
      assertThat(Probing.once(prober, Probing.LONG)).contains(Outcome.passed("status 200"));
      Files.writeString(key, "secret");
      assertThat(Probing.once(prober, Probing.LONG).orElseThrow().reason())
          .startsWith("the client key file " + key + " cannot be used: expected a private key")
          .doesNotContain("secret");
      Files.delete(key);
      assertThat(Probing.once(prober, Probing.LONG))
          .contains(Outcome.failed("the client key file " + key + " is not there"));
      Files.writeString(certificate, "nothing");
      Files.copy(pem.key(), key);
      assertThat(Probing.once(prober, Probing.LONG).orElseThrow().reason())
          .startsWith(
              "the client certificate file " + certificate + " cannot be used: expected cert");
    }
    assertThatThrownBy(() -> Probing.http("http://127.0.0.1", showing(certificate, key)))
        .hasMessageContaining("are for https");
  }

  @Test
  void serverWithoutTlsIsSaid() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread answering =
          new Thread(
              () -> {
                try (Socket client = plain.accept()) {
                  write(client, "HTTP/1.1 400 Bad Request\r\n\r\n");
                  client.shutdownOutput();
                  client.getInputStream().readAllBytes();
                } catch (IOException e) {
                  // The other side goes first.
                }
              });
      answering.setDaemon(true);
      answering.start();
      String url = "https://127.0.0.1:" + plain.getLocalPort();
      assertThat(Probing.once(Probing.http(url)).reason())
          .isEqualTo(
              "127.0.0.1:"
                  + plain.getLocalPort()
                  + " does not speak TLS; is the url to begin with http://?");
    }
  }

  @Test
  void serverThatDoesNotAgreeOnTlsIsGivenUp() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (LoopbackServer server = LoopbackServer.on("127.0.0.1", client -> never.await())) {
      Probing.assertOverdue(
          Probing.http("https://127.0.0.1:" + server.port()),
          "agreeing on TLS with 127.0.0.1:" + server.port());
    }
  }
}
