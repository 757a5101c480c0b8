package dev.bugle.advertiser.health;

import dev.bugle.advertiser.pem.Identity;
import dev.bugle.advertiser.pem.UnfitPemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS with a server whose certificate a CA has signed: one in a file, which is read each time and
 * may change, or one that the Java runtime trusts. There is no way to trust everybody: a server
 * with a certificate of its own is trusted by naming that as the file. A certificate of ours is
 * shown to a server that asks for one, likewise from files that may change.
 */
final class TlsTrust {

  /** How many sessions are remembered: those with one server. */
  private static final int SESSIONS = 4;

  /** How long one is resumed before the certificate is looked at again, in seconds. */
  private static final int SESSION_SECONDS = 60;

  /** What the alerts of a server say that does not take a client's certificate, RFC 8446 §6.2. */
  private static final Set<String> UNWELCOME =
      Set.of(
          "bad_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "unknown_ca",
          "access_denied",
          "certificate_required",
          "handshake_failure");

  /** What the files had at one moment; nothing where there is no such file. */
  private static final class Content {
    private final byte[] ca;
    private final byte[] certificate;
    private final byte[] key;

    Content(byte[] ca, byte[] certificate, byte[] key) {
      this.ca = ca;
      this.certificate = certificate;
      this.key = key;
    }

    boolean isAs(Content other) {
      return Arrays.equals(ca, other.ca)
          && Arrays.equals(certificate, other.certificate)
          && MessageDigest.isEqual(key, other.key);
    }
  }

  private static final byte[] NOTHING = {};

  private final Optional<Path> caFile;
  private final Optional<Probe.ClientCertificate> client;
  private Content content = new Content(NOTHING, NOTHING, NOTHING);
  private @Nullable SSLContext context;
  private @Nullable X509Certificate own;

  TlsTrust(Probe.Credentials credentials) {
    this.caFile = credentials.caFile();
    this.client = credentials.client();
  }

  /** TLS on a connection, with a server that has shown itself to have that name. */
  Socket secure(Socket plain, String serverName, int port) throws IOException {
    SSLSocket socket =
        (SSLSocket) context().getSocketFactory().createSocket(plain, serverName, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private synchronized SSLContext context() throws IOException {
    Content now =
        new Content(
            caFile.isPresent() ? SmallFile.read("CA file", caFile.get()) : NOTHING,
            client.isPresent()
                ? SmallFile.read("client certificate file", client.get().certificateFile())
                : NOTHING,
            client.isPresent()
                ? SmallFile.read("client key file", client.get().keyFile())
                : NOTHING);
    SSLContext known = context;
    if (known != null && now.isAs(content)) {
      return known;
    }
    SSLContext made = make(now);
    made.getClientSessionContext().setSessionCacheSize(SESSIONS);
    made.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
    content = now;
    context = made;
    return made;
  }

  private SSLContext make(Content of) throws IOException {
    TrustManager @Nullable [] trusted = caFile.isPresent() ? trusted(caFile.get(), of.ca) : null;
    KeyManager @Nullable [] keys = client.isPresent() ? keys(client.get(), of) : null;
    try {
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(keys, trusted, null);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS: " + e.getMessage(), e);
    }
  }

  private TrustManager[] trusted(Path file, byte[] certificates) throws IOException {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store(certificates));
      return trust.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the CA file " + file + " has no certificates in PEM: " + e.getMessage(), e);
    }
  }

  private KeyManager[] keys(Probe.ClientCertificate files, Content of) throws IOException {
    try {
      Identity identity = Identity.read(of.certificate, of.key);
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      char[] none = {};
      store.setKeyEntry(
          "client", identity.key(), none, identity.chain().toArray(Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, none);
      own = identity.certificate();
      return keys.getKeyManagers();
    } catch (UnfitPemException e) {
      throw new IOException(
          (e.isOfKey()
                  ? "the client key file " + files.keyFile()
                  : "the client certificate file " + files.certificateFile())
              + " cannot be used: "
              + e.getMessage(),
          e);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the client certificate file " + files.certificateFile() + ": " + e.getMessage(), e);
    }
  }

  private KeyStore store(byte[] certificates) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    Collection<? extends Certificate> all =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(certificates));
    if (all.isEmpty()) {
      throw new CertificateException("there is none in it");
    }
    int number = 0;
    for (Certificate certificate : all) {
      store.setCertificateEntry("ca" + number++, certificate);
    }
    return store;
  }

  /** Why TLS with that server failed. */
  String describe(SSLException failure, String peer) {
    String whose = "the certificate of " + peer;
    if (has(failure, CertificateExpiredException.class).isPresent()) {
      return whose + " has expired";
    }
    if (has(failure, CertificateNotYetValidException.class).isPresent()) {
      return whose + " is not valid yet";
    }
    if (has(failure, CertPathBuilderException.class).isPresent()) {
      return whose
          + caFile
              .map(file -> " is not signed by a CA in " + file)
              .orElse(" is not signed by a CA that the Java runtime trusts; name one in ca-file");
    }
    Optional<CertificateException> unfit = has(failure, CertificateException.class);
    if (unfit.isPresent()) {
      return whose + " does not fit: " + unfit.get().getMessage();
    }
    String message = String.valueOf(failure.getMessage());
    if (message.contains("Received fatal alert: ")) {
      return refused(message, peer);
    }
    return message.contains("unrecognized SSL message")
        ? peer + " does not speak TLS; is the url to begin with http://?"
        : "TLS with " + peer + " failed: " + message;
  }

  /** Why the server did not go on: it may want to know us. */
  private String refused(String message, String peer) {
    String alert = message.substring(message.lastIndexOf(' ') + 1);
    if (client.isEmpty()
        && (alert.equals("certificate_required") || alert.equals("bad_certificate"))) {
      return peer
          + " wants a client certificate ("
          + alert
          + "); name one in client-certificate-file and client-key-file";
    }
    return "TLS with "
        + peer
        + " failed: "
        + (UNWELCOME.contains(alert) ? alert + doubt() : message);
  }

  /** What may be wrong with us when a server breaks off; a server need not say it. */
  synchronized String doubt() {
    Optional<String> file = client.map(files -> " in " + files.certificateFile());
    X509Certificate known = own;
    if (file.isEmpty() || known == null) {
      return "";
    }
    Instant now = Instant.now();
    if (now.isAfter(known.getNotAfter().toInstant())) {
      return "; the client certificate" + file.get() + " has expired";
    }
    if (now.isBefore(known.getNotBefore().toInstant())) {
      return "; the client certificate" + file.get() + " is not valid yet";
    }
    return "; does it take the client certificate" + file.get() + "?";
  }

  private static <T extends Throwable> Optional<T> has(Throwable failure, Class<T> kind) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 16; depth++) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
