package dev.bugle.bfd.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The authentication types of RFC 5880 §4.1. */
public enum AuthenticationType {
  /** A password in the clear (§4.2). */
  SIMPLE_PASSWORD(1, "", 16),
  /** A digest with a sequence number that may stand still (§4.3). */
  KEYED_MD5(2, "MD5", 16),
  /** A digest with a sequence number that counts every packet (§4.3). */
  METICULOUS_KEYED_MD5(3, "MD5", 16),
  /** A digest with a sequence number that may stand still (§4.4). */
  KEYED_SHA1(4, "SHA-1", 20),
  /** A digest with a sequence number that counts every packet (§4.4). */
  METICULOUS_KEYED_SHA1(5, "SHA-1", 20);

  /** In the order of their codes, which begin with 1. */
  private static final List<AuthenticationType> ALL = List.of(values());

  private final int code;
  private final String algorithm;
  private final int keyLength;

  AuthenticationType(int code, String algorithm, int keyLength) {
    this.code = code;
    this.algorithm = algorithm;
    this.keyLength = keyLength;
  }

  /** The value of the Auth Type field. */
  public int code() {
    return code;
  }

  /** The longest secret, in octets; for a digest also its length. */
  public int keyLength() {
    return keyLength;
  }

  /** Whether it sends a digest, and not the secret itself. */
  public boolean isDigest() {
    return this != SIMPLE_PASSWORD;
  }

  /** Whether the sequence number counts every packet. */
  public boolean isMeticulous() {
    return this == METICULOUS_KEYED_MD5 || this == METICULOUS_KEYED_SHA1;
  }

  /** The JDK's name of the hash; empty for the password. */
  String algorithm() {
    return algorithm;
  }

  /** The type of a code, without an allocation; null when there is none. */
  static @Nullable AuthenticationType of(int code) {
    return code >= 1 && code <= ALL.size() ? ALL.get(code - 1) : null;
  }
}
