package dev.bugle.advertiser.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A CA made by the keytool of the running JDK, and certificates that it has signed. */
public final class TestAuthority {

  private static final String PASSWORD = "changeit";

  private final Path dir;
  private final String name;

  private TestAuthority(Path dir, String name) {
    this.dir = dir;
    this.name = name;
  }

  /** One of that name, with its files in the directory. */
  public static TestAuthority in(Path dir, String name) throws Exception {
    TestAuthority authority = new TestAuthority(dir, name);
    keytool(
        authority.store(name),
        "-genkeypair -keyalg EC -alias a -dname CN=" + name + " -ext bc:c -validity 10");
    keytool(authority.store(name), "-exportcert -rfc -alias a -file " + authority.file());
    return authority;
  }

  /** Its own certificate in PEM. */
  public Path file() {
    return dir.resolve(name + ".pem");
  }

  private Path store(String of) {
    return dir.resolve(of + ".p12");
  }

  /**
   * What a server needs that has a certificate with those names, {@code ip:127.0.0.1,dns:example};
   * it trusts the certificates of clients that this authority has signed.
   */
  SSLContext serverFor(String names, String validity) throws Exception {
    String server = name + "-" + names.replaceAll("[^a-z0-9]", "") + "-server";
    request(server);
    Path signed = sign(server, names, validity);
    keytool(store(server), "-importcert -noprompt -alias ca -file " + file());
    keytool(store(server), "-importcert -noprompt -alias a -file " + signed);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(server), PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(load(server));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /**
   * The same in two files.
   *
   * @param certificate in PEM, with that of the CA behind it
   * @param key in PEM, PKCS #8
   */
  public record Pem(Path certificate, Path key) {}

  /** A certificate with those names and its key, which all of these share, as files in PEM. */
  public Pem pemFor(String names, String validity) throws Exception {
    String shared = name + "-server";
    Path key = dir.resolve(shared + ".key");
    if (Files.notExists(key)) {
      request(shared);
      Files.writeString(
          key,
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'})
                  .encodeToString(load(shared).getKey("a", PASSWORD.toCharArray()).getEncoded())
              + "\n-----END PRIVATE KEY-----\n");
    }
    return new Pem(sign(shared, names, validity), key);
  }

  private KeyStore load(String server) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store(server))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private void request(String server) throws Exception {
    keytool(store(server), "-genkeypair -keyalg EC -alias a -dname CN=server");
    keytool(store(server), "-certreq -alias a -file " + dir.resolve(server + ".csr"));
  }

  /** The certificate, which was requested, with those names. */
  private Path sign(String server, String names, String validity) throws Exception {
    Path signed = dir.resolve(server + "-" + names.replaceAll("[^a-z0-9]", "") + ".pem");
    keytool(
        store(name),
        "-gencert -rfc -alias a -infile "
            + dir.resolve(server + ".csr")
            + " -outfile "
            + signed
            + " -ext san="
            + names
            + " "
            + validity);
    return signed;
  }

  private static void keytool(Path store, String arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ", -1)));
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.removeIf(String::isEmpty);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(store.resolveSibling("keytool.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as("%s %s", command, Files.readString(store.resolveSibling("keytool.log")))
        .isZero();
  }
}
