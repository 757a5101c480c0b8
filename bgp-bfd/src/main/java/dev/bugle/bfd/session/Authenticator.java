package dev.bugle.bfd.session;

import dev.bugle.bfd.wire.AuthenticationSection;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.Keys;
import java.util.Optional;

/** Signs what a session sends and judges what it receives (RFC 5880 §6.7). */
final class Authenticator {

  private final SequenceWindow window = new SequenceWindow();
  private Optional<Keys> keys;
  private Optional<ControlPacket> lastSigned = Optional.empty();
  private int sequenceNumber;

  Authenticator(Optional<Keys> keys, int firstSequenceNumber) {
    this.keys = keys;
    this.sequenceNumber = firstSequenceNumber;
  }

  void use(Optional<Keys> next) {
    keys = next;
  }

  /** Why the packet is not acceptable; one that is counts as received from here on. */
  Optional<DropReason> refuse(ControlPacket packet) {
    AuthenticationSection section = packet.authentication().orElse(null);
    if (keys.isEmpty()) {
      return section == null ? Optional.empty() : Optional.of(DropReason.UNEXPECTED_AUTHENTICATION);
    }
    if (section == null) {
      return Optional.of(DropReason.MISSING_AUTHENTICATION);
    }
    if (section.type() != keys.get().type()) {
      return Optional.of(DropReason.WRONG_AUTHENTICATION);
    }
    // Before the digest, which costs more. Deviates from RFC 5880 §6.7.3 and §6.7.4 in that a
    // packet with a wrong digest never sets the sequence number that is expected.
    if (!window.admits(section, packet.detectMult())) {
      return Optional.of(DropReason.REPLAYED);
    }
    if (!keys.get().accepts(packet)) {
      return Optional.of(DropReason.WRONG_AUTHENTICATION);
    }
    window.accepted(section);
    return Optional.empty();
  }

  /** The packet as it is sent. Its sequence number is the last one where repeating is allowed. */
  ControlPacket sign(ControlPacket packet) {
    if (keys.isEmpty()) {
      return packet;
    }
    boolean repeats = lastSigned.filter(packet::equals).isPresent();
    if (!repeats || keys.get().type().isMeticulous()) {
      sequenceNumber++;
    }
    lastSigned = Optional.of(packet);
    return keys.get().sign(packet, sequenceNumber);
  }

  /** Nothing was received for twice the Detection Time (RFC 5880 §6.8.1, bfd.AuthSeqKnown). */
  void forget() {
    window.forget();
  }
}
