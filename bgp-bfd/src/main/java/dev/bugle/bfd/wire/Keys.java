package dev.bugle.bfd.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;

/**
 * How the packets of a session are signed, and which signatures are accepted (RFC 5880 §6.7). Any
 * of the keys is accepted and one of them is used, so that both ends can change over one after the
 * other.
 *
 * @param type for both directions
 * @param keys secrets by key id; a key for a digest may be shorter than the digest
 * @param sendKeyId which of them signs
 */
public record Keys(AuthenticationType type, Map<Integer, Secret> keys, int sendKeyId) {

  /** Copies the map and checks ids and lengths. */
  public Keys {
    keys = Map.copyOf(keys);
    if (!keys.containsKey(sendKeyId)) {
      throw new IllegalArgumentException("there is no key with the id " + sendKeyId);
    }
    keys.forEach(
        (id, secret) -> {
          if (id < 0 || id > 255) {
            throw new IllegalArgumentException("key id " + id + " is not in 0 to 255");
          }
          if (secret.length() > type.keyLength()) {
            throw new IllegalArgumentException(
                "key "
                    + id
                    + " has "
                    + secret.length()
                    + " octets; "
                    + type
                    + " takes at most "
                    + type.keyLength());
          }
        });
  }

  /** One key. */
  public static Keys of(AuthenticationType type, int keyId, Secret secret) {
    return new Keys(type, Map.of(keyId, secret), keyId);
  }

  /** The packet with its section; the sequence number goes unused with a password. */
  public ControlPacket sign(ControlPacket packet, int sequenceNumber) {
    Secret secret = keys.getOrDefault(sendKeyId, Secret.of((byte) 0));
    if (!type.isDigest()) {
      return packet.withAuthentication(
          Optional.of(new AuthenticationSection(type, sendKeyId, 0, secret)));
    }
    return packet.withAuthentication(
        Optional.of(
            new AuthenticationSection(
                type,
                sendKeyId,
                sequenceNumber,
                digest(packet, sendKeyId, sequenceNumber, secret))));
  }

  /** Whether the packet is signed with one of the keys. Sequence numbers are not looked at. */
  public boolean accepts(ControlPacket packet) {
    AuthenticationSection section = packet.authentication().orElse(null);
    if (section == null || section.type() != type) {
      return false;
    }
    Secret secret = keys.get(section.keyId());
    if (secret == null) {
      return false;
    }
    Secret expected =
        type.isDigest()
            ? digest(packet, section.keyId(), section.sequenceNumber(), secret)
            : secret;
    return expected.equals(section.proof());
  }

  /** The hash of the packet with the key in the digest's place (RFC 5880 §6.7.3, §6.7.4). */
  private Secret digest(ControlPacket packet, int keyId, int sequenceNumber, Secret secret) {
    Secret key = Secret.of(secret.padded(type.keyLength()));
    ControlPacket unsigned =
        packet.withAuthentication(
            Optional.of(new AuthenticationSection(type, keyId, sequenceNumber, key)));
    ByteBuf bytes = Unpooled.buffer(64);
    ControlPacketCodec.encode(unsigned, bytes);
    try {
      MessageDigest hash = MessageDigest.getInstance(type.algorithm());
      hash.update(bytes.array(), bytes.arrayOffset(), bytes.readableBytes());
      return Secret.of(hash.digest());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("this JVM has no " + type.algorithm(), missing);
    }
  }

  /** The type and the ids, and nothing of the secrets. */
  @Override
  public String toString() {
    return type + " keys " + keys.keySet() + ", sends with " + sendKeyId;
  }
}
