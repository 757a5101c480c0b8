package dev.bugle.advertiser.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Who signs the certificates that are trusted. */
final class Authority {

  private static final int LARGEST_FILE = 1024 * 1024;

  private Authority() {}

  /** TLS that trusts the certificates in the file, and without one those that Java trusts. */
  static SSLContext context(Optional<Path> caFile) throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    if (caFile.isEmpty()) {
      context.init(null, null, null);
      return context;
    }
    byte[] pem;
    try (InputStream in = Files.newInputStream(caFile.get())) {
      pem = in.readNBytes(LARGEST_FILE);
    }
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    int number = 0;
    for (Certificate one :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem))) {
      trusted.setCertificateEntry("ca-" + number++, one);
    }
    if (number == 0) {
      throw new IOException("CA file " + caFile.get() + " has no certificate in PEM");
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
