package dev.bugle.advertiser.pem;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key in PEM: in PKCS #8 (RFC 5958), or in the forms of RSA (RFC 8017 A.1.2) and of
 * elliptic curves (RFC 5915) that kubeadm and older tools write. The JDK reads only the first, so
 * the others are put into it.
 */
final class PemKey {

  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN (RSA |EC |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END \\1PRIVATE KEY-----");

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  private PemKey() {}

  /** The first one in the file, for the algorithm of that public key. */
  static PrivateKey read(byte[] file, PublicKey of) throws UnfitPemException {
    Matcher pem = KEY.matcher(new String(file, StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw UnfitPemException.key(
          "expected a private key in PKCS #8 (-----BEGIN PRIVATE KEY-----); convert it with:"
              + " openssl pkcs8 -topk8 -nocrypt");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
      byte[] pkcs8 = pem.group(1).isEmpty() ? der : wrapped(der, of);
      return KeyFactory.getInstance(of.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw UnfitPemException.key("it is no " + of.getAlgorithm() + " key");
    }
  }

  /** The file without any private key: what reads certificates stumbles over one. */
  static byte[] without(byte[] file) {
    return KEY.matcher(new String(file, StandardCharsets.ISO_8859_1))
        .replaceAll("")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The algorithm, with the curve if it has one, is that of the public key. */
  private static byte[] wrapped(byte[] key, PublicKey of) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(VERSION_0);
    inner.writeBytes(algorithm(of.getEncoded()));
    inner.writeBytes(element(OCTET_STRING, key));
    return element(SEQUENCE, inner.toByteArray());
  }

  /** The first element of a SubjectPublicKeyInfo (RFC 5280 §4.1), which the JDK has written. */
  private static byte[] algorithm(byte[] publicKey) {
    int start = headerLength(publicKey, 0);
    int length = headerLength(publicKey, start) + contentLength(publicKey, start);
    return Arrays.copyOfRange(publicKey, start, start + length);
  }

  private static int headerLength(byte[] der, int at) {
    int first = der[at + 1] & 0xFF;
    return first < 0x80 ? 2 : 2 + (first & 0x7F);
  }

  private static int contentLength(byte[] der, int at) {
    int first = der[at + 1] & 0xFF;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7F); i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xFF);
    }
    return length;
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      int octets = (32 - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
      out.write(0x80 | octets);
      for (int i = octets - 1; i >= 0; i--) {
        out.write(content.length >> (8 * i));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
