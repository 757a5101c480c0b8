package dev.bugle.advertiser.client;

import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts whom another trusts, and no others. Where that one refuses, this one says why in words,
 * since it has the certificate in its hands.
 */
final class Scrutiny extends X509ExtendedTrustManager {

  /** A certificate that is refused; the message is for the person who asked. */
  static final class Refusal extends CertificateException {

    private static final long serialVersionUID = 1L;

    private Refusal(String message, CertificateException cause) {
      super(message, cause);
    }

    /** The one that made a handshake fail; empty when something else did. */
    static Optional<String> in(Throwable failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof Refusal refusal) {
          return Optional.of(String.valueOf(refusal.getMessage()));
        }
      }
      return Optional.empty();
    }
  }

  private final X509ExtendedTrustManager judge;
  private final AdminAddress.Tcp address;
  private final Optional<Path> caFile;

  Scrutiny(X509ExtendedTrustManager judge, AdminAddress.Tcp address, Optional<Path> caFile) {
    this.judge = judge;
    this.address = address;
    this.caFile = caFile;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    try {
      judge.checkServerTrusted(chain, type, socket);
    } catch (CertificateException e) {
      throw new Refusal("the certificate of " + address + " " + fault(chain[0], e), e);
    }
    // Java lets a certificate that is itself in the file stand beyond its time.
    refuseOutOfTime(chain[0]);
  }

  private void refuseOutOfTime(X509Certificate own) throws CertificateException {
    try {
      own.checkValidity();
    } catch (CertificateException e) {
      throw new Refusal("the certificate of " + address + " " + fault(own, e), e);
    }
  }

  private String fault(X509Certificate own, CertificateException refused) {
    if (isCaused(refused, CertificateExpiredException.class)) {
      return "has expired, or one that it is signed with; its own ends at "
          + own.getNotAfter().toInstant()
          + "; put a new one into admin.tls.certificate-file there";
    }
    if (isCaused(refused, CertificateNotYetValidException.class)) {
      return "is not valid yet, or one that it is signed with; its own begins at "
          + own.getNotBefore().toInstant()
          + "; are the clocks right, here and where it was made?";
    }
    if (isCaused(refused, CertPathBuilderException.class)) {
      return "is issued by "
          + own.getIssuerX500Principal().getName()
          + ", and not signed by a CA "
          + caFile
              .map(file -> "in " + file + "; is that the right file for --ca-file?")
              .orElse("that Java trusts; name its CA with --ca-file FILE");
    }
    String message = String.valueOf(refused.getMessage());
    if (message.startsWith("No subject alternative") || message.startsWith("No name matching")) {
      return "is for "
          + names(own)
          + " and not for "
          + address.host()
          + "; say one of its names with --admin, or have one made for "
          + address.host();
    }
    return "does not fit: " + message;
  }

  private static boolean isCaused(Throwable failure, Class<?> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static String names(X509Certificate own) {
    try {
      Collection<List<?>> names = own.getSubjectAlternativeNames();
      if (names != null) {
        return names.stream()
            .map(name -> String.valueOf(name.get(1)))
            .collect(Collectors.joining(", "));
      }
    } catch (CertificateException unreadable) {
      // As one without.
    }
    return "no name at all (it has no subjectAltName)";
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    judge.checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    judge.checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    judge.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    judge.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    judge.checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return judge.getAcceptedIssuers();
  }
}
