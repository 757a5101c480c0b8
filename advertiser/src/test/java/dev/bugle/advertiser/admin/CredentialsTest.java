package dev.bugle.advertiser.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.Eventually;
import dev.bugle.advertiser.admin.Client.Reply;
import dev.bugle.advertiser.config.AdminConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens and certificates, and that they can be changed while the server runs. */
class CredentialsTest {

  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String OTHER = "fedcba9876543210fedcba9876543210";

  @TempDir private Path directory;
  private Path tokenFile;
  private final Sample sample = new Sample();

  @BeforeEach
  void writeToken() throws IOException {
    tokenFile = Files.writeString(directory.resolve("token"), TOKEN + "\n");
  }

  private AdminServer withToken() {
    return AdminServer.open(Sample.withToken(tokenFile), sample.content());
  }

  private static int status(AdminServer server, String authorization) throws IOException {
    return Client.ask(server, "GET /v1/names/a", "Authorization: " + authorization).status();
  }

  @Test
  void whoHasTheTokenMayAskAndCommandFromAnywhere() throws IOException {
    try (AdminServer server = withToken();
        Client client = Client.to(server)) {
      client.send(
          "GET /v1/names/a HTTP/1.1\r\nHost: bugle.example\r\nAuthorization: bearer  "
              + TOKEN
              + "\r\n\r\n");
      assertThat(client.reply().body()).isEqualTo("a");
      assertThat(
              client
                  .post(
                      "/v1/vips/192.0.2.1/drain",
                      "{\"reason\":\"a\"}",
                      "Authorization: Bearer " + TOKEN)
                  .status())
          .isEqualTo(202);
    }
  }

  @Test
  void probesNeedNoTokenAndAllElseDoes() throws IOException {
    try (AdminServer server = withToken()) {
      assertThat(Client.ask(server, "GET /livez").body()).isEqualTo("ok\n");
      assertThat(Client.ask(server, "GET /readyz").body()).isEqualTo("ok\n");
      for (String path :
          List.of("/metrics", "/v1/openapi.json", "/v1/vips/192.0.2.1", "/v1/nowhere", "/")) {
        Reply reply = Client.ask(server, "GET " + path);
        assertThat(reply.status()).as(path).isEqualTo(401);
        assertThat(reply.headers()).containsEntry("www-authenticate", "Bearer realm=\"bugle\"");
        assertThat(reply.detail()).contains("Authorization: Bearer");
      }
      assertThat(Client.ask(server, "OPTIONS /v1/vips/192.0.2.1").status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer " + OTHER,
        "Bearer 0123456789abcdef0123456789abcde",
        "Bearer 0123456789abcdef0123456789abcdef0",
        "Bearer 0123456789ABCDEF0123456789ABCDEF",
        "Bearer ",
        "Bearer",
        "Basic 0123456789abcdef0123456789abcdef",
        TOKEN,
        ""
      })
  void aWrongTokenIsRefused(String authorization) throws IOException {
    try (AdminServer server = withToken()) {
      Reply reply = Client.ask(server, "GET /v1/names/a", "Authorization: " + authorization);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.headers().get("www-authenticate")).contains("invalid_token");
      assertThat(reply.body()).doesNotContain(TOKEN).doesNotContain(OTHER);
    }
  }

  @Test
  void twoTokensAreRefusedEvenIfOneIsRight() throws IOException {
    try (AdminServer server = withToken()) {
      String right = "Authorization: Bearer " + TOKEN;
      assertThat(Client.ask(server, "GET /v1/names/a", right, right).status()).isEqualTo(401);
    }
  }

  @Test
  void theTokenIsNotTakenFromTheQuery() throws IOException {
    try (AdminServer server = withToken()) {
      assertThat(Client.ask(server, "GET /v1/names/a?access_token=" + TOKEN).status())
          .isEqualTo(401);
    }
  }

  @Test
  void nothingOfABodyIsReadWithoutTheToken() throws IOException {
    try (AdminServer server = withToken();
        Client client = Client.to(server)) {
      client.send(
          String.join(
              "\r\n",
              "POST /v1/vips/192.0.2.1/drain HTTP/1.1",
              "Host: localhost",
              "Content-Length: 9",
              "Content-Type: application/json",
              "Expect: 100-continue",
              "",
              ""));
      assertThat(client.reply().status()).isEqualTo(401);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void digestsOfOneLengthAreCompared() {
    Token token = Token.read(tokenFile);
    assertThat(token.isEqualTo(TOKEN)).isTrue();
    assertThat(token.isEqualTo(TOKEN + "\n")).isFalse();
    assertThat(token.isEqualTo("x".repeat(100_000))).isFalse();
  }

  @Test
  void aChangedTokenReplacesTheOldOne() throws IOException {
    try (AdminServer server = withToken()) {
      assertThat(status(server, "Bearer " + TOKEN)).isEqualTo(200);
      replace(tokenFile, OTHER);
      Eventually.is(() -> statusOf(server, "Bearer " + OTHER) == 200, () -> "the new token");
      assertThat(status(server, "Bearer " + TOKEN)).isEqualTo(401);
    }
  }

  @Test
  void aTokenThatIsGoneOrFaultyStaysInForceAndIsNamed() throws Exception {
    Credentials credentials = Credentials.open(Sample.withToken(tokenFile));
    try {
      Token before = credentials.token().orElseThrow();
      Files.delete(tokenFile);
      credentials.look();
      Files.writeString(tokenFile, "short");
      credentials.look();
      assertThat(credentials.token()).contains(before);
      Files.writeString(tokenFile, OTHER);
      credentials.look();
      assertThat(credentials.token().orElseThrow().isEqualTo(OTHER)).isTrue();
    } finally {
      credentials.close();
    }
  }

  private static int statusOf(AdminServer server, String authorization) {
    try {
      return status(server, authorization);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path next = Files.writeString(file.resolveSibling("next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          short                   | a token has 16 to 1024 characters; make one with: openssl rand -hex 32
          0123456789abcde         | a token has 16 to 1024 characters
          0123456789 abcdef       | it has a character that a token cannot have
          0123456789abcdefü       | it has a character that a token cannot have
          """)
  void aTokenThatCannotProtectIsRefused(String text, String message) throws IOException {
    Files.writeString(tokenFile, text);
    assertThatThrownBy(this::withToken)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("admin.token-file " + tokenFile + ": " + message)
        .hasMessageNotContaining("0123456789");
  }

  @Test
  void aTokenFileThatIsNotThereIsNamed() {
    AdminConfig config = Sample.withToken(directory.resolve("none"));
    assertThatThrownBy(() -> AdminServer.open(config, sample.content()))
        .hasMessage("admin.token-file " + directory.resolve("none") + ": there is no such file");
    // Those of the tests before may still be on their way out.
    Eventually.is(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("bugle-admin-files")),
        () -> "its thread is left");
  }

  // TLS

  private AdminConfig.Tls certificate(String name, String algorithm) throws Exception {
    Path key = directory.resolve(name + ".key");
    Path certificate = directory.resolve(name + ".crt");
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes"));
    command.addAll(List.of("-newkey", algorithm));
    if (algorithm.equals("ec")) {
      command.addAll(List.of("-pkeyopt", "ec_paramgen_curve:P-256"));
    }
    command.addAll(List.of("-keyout", key.toString(), "-out", certificate.toString()));
    command.addAll(
        List.of("-subj", "/CN=" + name, "-days", "2", "-addext", "subjectAltName=IP:127.0.0.1"));
    Process openssl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(openssl.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(openssl.exitValue()).as(output).isZero();
    return new AdminConfig.Tls(certificate, key);
  }

  private AdminServer withTls(AdminConfig.Tls tls) {
    return AdminServer.open(
        new AdminConfig(Sample.loopback().listen(), Optional.empty(), Optional.of(tls), false),
        sample.content());
  }

  private static SSLSocket secure(AdminServer server, Path trusted) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(trusted)) {
      Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      store.setCertificateEntry("it", certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return (SSLSocket)
        context.getSocketFactory().createSocket(Client.connect(server), "127.0.0.1", 0, true);
  }

  private static String subject(AdminServer server, Path trusted) throws Exception {
    try (SSLSocket socket = secure(server, trusted)) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa:2048", "ec", "ed25519"})
  void aConnectionIsEncryptedWithTheCertificate(String algorithm) throws Exception {
    AdminConfig.Tls tls = certificate("bugle", algorithm);
    try (AdminServer server = withTls(tls)) {
      for (String version : List.of("TLSv1.3", "TLSv1.2")) {
        SSLSocket socket = secure(server, tls.certificateFile());
        socket.setEnabledProtocols(new String[] {version});
        try (Client client = new Client(socket)) {
          assertThat(client.request("GET /v1/names/a").body()).isEqualTo("a");
          assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
      }
    }
  }

  @Test
  void whoDoesNotSpeakTlsLearnsNothing() throws Exception {
    try (AdminServer server = withTls(certificate("bugle", "ec"));
        Client client = Client.to(server)) {
      client.send("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void aChangedCertificateIsShownToNewConnections() throws Exception {
    AdminConfig.Tls old = certificate("old", "ec");
    AdminConfig.Tls next = certificate("new", "rsa:2048");
    try (AdminServer server = withTls(old);
        Client before = new Client(secure(server, old.certificateFile()))) {
      assertThat(before.request("GET /livez").status()).isEqualTo(200);
      Path trusted = next.certificateFile();
      replace(old.certificateFile(), Files.readString(trusted));
      replace(old.keyFile(), Files.readString(next.keyFile()));
      Eventually.is(() -> isShown(server, trusted, "CN=new"), () -> "the old certificate");
      assertThat(before.request("GET /livez").status()).as("an open connection").isEqualTo(200);
    }
  }

  private static boolean isShown(AdminServer server, Path trusted, String subject) {
    try {
      return subject(server, trusted).equals(subject);
    } catch (SSLException notTrusted) {
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void betweenTwoFilesThatAreReplacedTheOldPairStays() throws Exception {
    AdminConfig.Tls old = certificate("old", "ec");
    AdminConfig.Tls next = certificate("new", "ec");
    Credentials credentials =
        Credentials.open(
            new AdminConfig(Sample.loopback().listen(), Optional.empty(), Optional.of(old), false));
    try {
      replace(old.certificateFile(), Files.readString(next.certificateFile()));
      credentials.look();
      assertThat(credentials.certificate().orElseThrow()).asString().startsWith("CN=old");
      replace(old.keyFile(), Files.readString(next.keyFile()));
      credentials.look();
      assertThat(credentials.certificate().orElseThrow()).asString().startsWith("CN=new");
    } finally {
      credentials.close();
    }
  }

  @Test
  void filesThatAreNotWhatTheyShouldBeAreNamed() throws Exception {
    AdminConfig.Tls one = certificate("one", "ec");
    AdminConfig.Tls two = certificate("two", "ec");
    AdminConfig.Tls rsa = certificate("rsa", "rsa:2048");
    refused(
        one.certificateFile(), two.keyFile(), "key-file", "it is not the key of the certificate");
    refused(one.certificateFile(), rsa.keyFile(), "key-file", "it is no EC key");
    refused(one.keyFile(), one.keyFile(), "certificate-file", "expected certificates in PEM");
    refused(one.certificateFile(), one.certificateFile(), "key-file", "openssl pkcs8 -topk8");
    refused(directory.resolve("no"), one.keyFile(), "certificate-file", "there is no such file");
    refused(one.certificateFile(), directory.resolve("no"), "key-file", "there is no such file");
    refused(directory, one.keyFile(), "certificate-file", "it cannot be read");
  }

  private void refused(Path certificate, Path key, String what, String cause) {
    assertThatThrownBy(() -> withTls(new AdminConfig.Tls(certificate, key)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("admin.tls." + what + " ")
        .hasMessageContaining(cause);
  }
}
