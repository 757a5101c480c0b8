package dev.bugle.bfd.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** A password, a key or a digest. It compares in constant time and never prints. */
public final class Secret {

  private final byte[] octets;

  private Secret(byte[] octets) {
    this.octets = octets;
  }

  /** A copy of these octets, 1 to 20 of them. */
  public static Secret of(byte... octets) {
    if (octets.length < 1 || octets.length > 20) {
      throw new IllegalArgumentException(
          "a secret has 1 to 16 octets, or 20 for SHA1; this one has " + octets.length);
    }
    return new Secret(octets.clone());
  }

  /** The UTF-8 octets of a text. */
  public static Secret of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** How many octets it has. */
  public int length() {
    return octets.length;
  }

  /** The octets, padded with zeros at the end. */
  byte[] padded(int length) {
    return Arrays.copyOf(octets, length);
  }

  byte[] toArray() {
    return octets.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(octets, secret.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  /** Nothing of what it holds. */
  @Override
  public String toString() {
    return "(secret)";
  }
}
