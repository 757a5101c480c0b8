package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.config.AdminConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A certificate with its key, as two files had them at one moment, ready to serve. */
final class Certificate {

  private static final int MAX_FILE = 256 * 1024;

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END PRIVATE KEY-----");

  /** How a key of that algorithm signs, to see whether it belongs to the certificate. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private final byte[] certificateFile;
  private final byte[] keyFile;
  private final X509Certificate own;
  private final SslContext context;

  private Certificate(
      byte[] certificateFile, byte[] keyFile, X509Certificate own, SslContext context) {
    this.certificateFile = certificateFile;
    this.keyFile = keyFile;
    this.own = own;
    this.context = context;
  }

  /**
   * Reads both files, and checks that they belong together.
   *
   * @throws IllegalStateException naming the file and what to do, without anything of the key
   */
  static Certificate read(AdminConfig.Tls files) {
    byte[] certificateFile = read("certificate-file", files.certificateFile());
    byte[] keyFile = read("key-file", files.keyFile());
    List<X509Certificate> chain = chain(files.certificateFile(), certificateFile);
    PrivateKey key = key(files.keyFile(), keyFile, chain.get(0).getPublicKey());
    try {
      SslContext context =
          SslContextBuilder.forServer(key, chain)
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .build();
      return new Certificate(certificateFile, keyFile, chain.get(0), context);
    } catch (SSLException | IllegalArgumentException e) {
      throw refusal("certificate-file", files.certificateFile(), "it cannot be used", e);
    }
  }

  private static byte[] read(String what, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MAX_FILE + 1);
      if (octets.length > MAX_FILE) {
        throw refusal(what, file, "it has more than " + MAX_FILE + " bytes", null);
      }
      return octets;
    } catch (NoSuchFileException e) {
      throw refusal(what, file, "there is no such file", null);
    } catch (IOException e) {
      throw refusal(what, file, "it cannot be read; check its owner and mode", e);
    }
  }

  private static List<X509Certificate> chain(Path file, byte[] octets) {
    try {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(octets))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw new CertificateException("there is no certificate in it");
      }
      return chain;
    } catch (CertificateException e) {
      throw refusal(
          "certificate-file",
          file,
          "expected certificates in PEM (-----BEGIN CERTIFICATE-----)",
          e);
    }
  }

  private static PrivateKey key(Path file, byte[] octets, PublicKey of) {
    Matcher pem = KEY.matcher(new String(octets, StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw refusal(
          "key-file",
          file,
          "expected a private key in PKCS #8 (-----BEGIN PRIVATE KEY-----); convert it with:"
              + " openssl pkcs8 -topk8 -nocrypt",
          null);
    }
    PrivateKey key;
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
      key = KeyFactory.getInstance(of.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Not the cause: it may have something of the key.
      throw refusal("key-file", file, "it is no " + of.getAlgorithm() + " key", null);
    }
    if (!belongTogether(key, of)) {
      throw refusal("key-file", file, "it is not the key of the certificate", null);
    }
    return key;
  }

  private static boolean belongTogether(PrivateKey key, PublicKey of) {
    String algorithm = SIGNATURES.get(of.getAlgorithm());
    if (algorithm == null) {
      return true; // It cannot be tried; a client will say.
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

  private static IllegalStateException refusal(
      String what, Path file, String cause, @Nullable Exception e) {
    return new IllegalStateException(
        "admin.tls." + what + " " + file + ": " + cause + (e == null ? "" : ": " + e.getMessage()),
        e);
  }

  /** What new connections are encrypted with. */
  SslContext context() {
    return context;
  }

  /** Whether the files have not changed. */
  boolean isEqualTo(Certificate other) {
    return Arrays.equals(certificateFile, other.certificateFile)
        && MessageDigest.isEqual(keyFile, other.keyFile);
  }

  /** Whose it is, and until when it is valid. */
  @Override
  public String toString() {
    return own.getSubjectX500Principal() + ", valid until " + own.getNotAfter().toInstant();
  }
}
