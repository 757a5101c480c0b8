package dev.bugle.bgp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** The secret of a TCP connection's authentication. It compares in constant time, never prints. */
public final class TcpKey {

  /** As many octets as the system takes. */
  public static final int MAX_LENGTH = 80;

  private final byte[] octets;

  private TcpKey(byte[] octets) {
    this.octets = octets;
  }

  /**
   * A copy of these octets, 1 to 80 of them.
   *
   * @throws IllegalArgumentException saying how many there are, and nothing else of them
   */
  public static TcpKey of(byte... octets) {
    if (octets.length < 1 || octets.length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the key has " + octets.length + " octets; expected 1 to " + MAX_LENGTH);
    }
    return new TcpKey(octets.clone());
  }

  /** The UTF-8 octets of a text; 1 to 80 of them. */
  public static TcpKey of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] octets() {
    return octets;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TcpKey key && MessageDigest.isEqual(octets, key.octets);
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
