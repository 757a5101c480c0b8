package dev.bugle.advertiser.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Who signs the certificates that are trusted. */
final class Authority {

  private static final int LARGEST_FILE = 1024 * 1024;

  private Authority() {}

  /**
   * TLS that trusts the certificates in the file, and without one those that Java trusts.
   *
   * @throws AdminException when the file has no certificates, or cannot be read
   */
  static SSLContext context(AdminAddress.Tcp address, Optional<Path> caFile) throws AdminException {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(caFile.isPresent() ? store(caFile.get()) : null);
      TrustManager[] managers = trust.getTrustManagers();
      for (int i = 0; i < managers.length; i++) {
        if (managers[i] instanceof X509ExtendedTrustManager judge) {
          managers[i] = new Scrutiny(judge, address, caFile);
        }
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw AdminException.unreachable("TLS cannot be had from this Java: " + e);
    }
  }

  private static KeyStore store(Path file)
      throws AdminException, GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    int number = 0;
    for (Certificate one : certificates(file)) {
      trusted.setCertificateEntry("ca-" + number++, one);
    }
    return trusted;
  }

  private static Collection<? extends Certificate> certificates(Path file) throws AdminException {
    @Nullable Collection<? extends Certificate> found = null;
    try (InputStream in = Files.newInputStream(file)) {
      found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(in.readNBytes(LARGEST_FILE)));
    } catch (NoSuchFileException e) {
      throw AdminException.unreachable("CA file " + file + ": there is no such file");
    } catch (IOException e) {
      throw AdminException.unreachable(
          "CA file " + file + " cannot be read; check its owner and mode");
    } catch (CertificateException e) {
      // Said below, as for a file without any.
    }
    if (found == null || found.isEmpty()) {
      throw AdminException.unreachable(
          "CA file " + file + " has no certificate: expected one or more in PEM");
    }
    return found;
  }
}
