package dev.bugle.advertiser.health;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS with a server whose certificate a CA has signed: one in a file, which is read each time and
 * may change, or one that the Java runtime trusts. There is no way to trust everybody: a server
 * with a certificate of its own is trusted by naming that as the file.
 */
final class TlsTrust {

  /** How many sessions are remembered: those with one server. */
  private static final int SESSIONS = 4;

  /** How long one is resumed before the certificate is looked at again, in seconds. */
  private static final int SESSION_SECONDS = 60;

  private final Optional<Path> caFile;
  private byte[] pem = new byte[0];
  private @Nullable SSLContext context;

  TlsTrust(Optional<Path> caFile) {
    this.caFile = caFile;
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
    byte[] now = caFile.isPresent() ? SmallFile.read("CA file", caFile.get()) : pem;
    SSLContext known = context;
    if (known != null && Arrays.equals(now, pem)) {
      return known;
    }
    SSLContext made = make(now);
    made.getClientSessionContext().setSessionCacheSize(SESSIONS);
    made.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
    pem = now;
    context = made;
    return made;
  }

  private SSLContext make(byte[] certificates) throws IOException {
    try {
      SSLContext made = SSLContext.getInstance("TLS");
      if (caFile.isEmpty()) {
        made.init(null, null, null);
        return made;
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store(certificates));
      made.init(null, trust.getTrustManagers(), null);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          caFile.map(file -> "the CA file " + file + " has no certificates in PEM").orElse("TLS")
              + ": "
              + e.getMessage(),
          e);
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
    return message.contains("unrecognized SSL message")
        ? peer + " does not speak TLS; is the url to begin with http://?"
        : "TLS with " + peer + " failed: " + message;
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
