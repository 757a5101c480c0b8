package dev.bugle.bfd.wire;

import io.netty.buffer.ByteBuf;
import java.util.Objects;

/**
 * The Authentication Section (RFC 5880 §4.1 to §4.4).
 *
 * @param type Auth Type
 * @param keyId Auth Key ID, 0 to 255
 * @param sequenceNumber 32 bits; 0 for a password, which has none
 * @param proof the password, or the digest
 */
public record AuthenticationSection(
    AuthenticationType type, int keyId, int sequenceNumber, Secret proof) {

  private static final int PASSWORD_HEADER = 3;
  private static final int DIGEST_HEADER = 8;

  /** Checks the ranges and the length of the proof. */
  public AuthenticationSection {
    if (keyId < 0 || keyId > 255) {
      throw new IllegalArgumentException("key id " + keyId + " is not in 0 to 255");
    }
    boolean fits =
        type.isDigest() ? proof.length() == type.keyLength() : proof.length() <= type.keyLength();
    if (!fits) {
      throw new IllegalArgumentException(
          type + " takes " + type.keyLength() + " octets, not " + proof.length());
    }
  }

  /** Octets on the wire. */
  int encodedLength() {
    return (type.isDigest() ? DIGEST_HEADER : PASSWORD_HEADER) + proof.length();
  }

  /** Whether the octets from here to the end of the packet have the form of their type. */
  static boolean isWellFormed(ByteBuf packet, int start, int length) {
    AuthenticationType type = AuthenticationType.of(packet.getUnsignedByte(start));
    if (type == null || packet.getUnsignedByte(start + 1) != length) {
      return false;
    }
    return type.isDigest()
        ? length == DIGEST_HEADER + type.keyLength()
        : length > PASSWORD_HEADER && length <= PASSWORD_HEADER + type.keyLength();
  }

  /** Reads a section that {@link #isWellFormed}. */
  static AuthenticationSection decode(ByteBuf packet, int start) {
    AuthenticationType type =
        Objects.requireNonNull(AuthenticationType.of(packet.getUnsignedByte(start)));
    int length = packet.getUnsignedByte(start + 1);
    int keyId = packet.getUnsignedByte(start + 2);
    int header = type.isDigest() ? DIGEST_HEADER : PASSWORD_HEADER;
    byte[] proof = new byte[length - header];
    packet.getBytes(start + header, proof);
    int sequenceNumber = type.isDigest() ? packet.getInt(start + 4) : 0;
    return new AuthenticationSection(type, keyId, sequenceNumber, Secret.of(proof));
  }

  void encode(ByteBuf out) {
    out.writeByte(type.code());
    out.writeByte(encodedLength());
    out.writeByte(keyId);
    if (type.isDigest()) {
      out.writeByte(0); // reserved
      out.writeInt(sequenceNumber);
    }
    out.writeBytes(proof.toArray());
  }
}
