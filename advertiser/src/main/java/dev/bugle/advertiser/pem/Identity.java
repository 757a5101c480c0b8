package dev.bugle.advertiser.pem;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * A certificate with the key that belongs to it.
 *
 * @param chain its own first, then those that have signed it
 * @param key the private key
 */
public record Identity(List<X509Certificate> chain, PrivateKey key) {

  /** How a key of that algorithm signs, to see whether it belongs to the certificate. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  /** Copies the list. */
  public Identity {
    chain = List.copyOf(chain);
  }

  /**
   * Reads what two files have, which may be the same one, and checks that it belongs together.
   *
   * @throws UnfitPemException saying which of them is unfit, and why
   */
  public static Identity read(byte[] certificateFile, byte[] keyFile) throws UnfitPemException {
    List<X509Certificate> chain = chain(certificateFile);
    PublicKey of = chain.get(0).getPublicKey();
    PrivateKey key = PemKey.read(keyFile, of);
    if (!belongTogether(key, of)) {
      throw UnfitPemException.key("it is not the key of the certificate");
    }
    return new Identity(chain, key);
  }

  /** The certificate itself. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  private static List<X509Certificate> chain(byte[] octets) throws UnfitPemException {
    try {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(PemKey.without(octets)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw new CertificateException("there is no certificate in it");
      }
      return chain;
    } catch (CertificateException e) {
      throw UnfitPemException.certificate(
          "expected certificates in PEM (-----BEGIN CERTIFICATE-----): " + e.getMessage(), e);
    }
  }

  private static boolean belongTogether(PrivateKey key, PublicKey of) {
    String algorithm = SIGNATURES.get(of.getAlgorithm());
    if (algorithm == null) {
      return true; // It cannot be tried; the other side will say.
    }
    try {
      byte[] text = {1, 2, 3};
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(of);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Whose it is, and until when it is valid. */
  @Override
  public String toString() {
    return certificate().getSubjectX500Principal()
        + ", valid until "
        + certificate().getNotAfter().toInstant();
  }
}
