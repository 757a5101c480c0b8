package dev.bugle.bfd.wire;

import dev.bugle.bfd.wire.ControlPacket.Flags;
import dev.bugle.bfd.wire.ControlPacket.Intervals;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Control packets to bytes and back (RFC 5880 §4.1). Stateless; usable from any thread. */
public final class ControlPacketCodec {

  /** Octets of a packet without authentication. */
  public static final int MIN_LENGTH = 24;

  private static final int VERSION = 1;
  private static final int MIN_AUTHENTICATION_LENGTH = 2;

  private static final int POLL = 0x20;
  private static final int FINAL = 0x10;
  private static final int CONTROL_PLANE_INDEPENDENT = 0x08;
  private static final int AUTHENTICATION_PRESENT = 0x04;
  private static final int DEMAND = 0x02;
  private static final int MULTIPOINT = 0x01;

  private ControlPacketCodec() {}

  /**
   * The first rule of RFC 5880 §6.8.6 that the datagram breaks, of those that need no session;
   * empty when it can be decoded. Reads nothing from the buffer.
   */
  public static Optional<DropReason> fault(ByteBuf datagram) {
    return Optional.ofNullable(faultOf(datagram));
  }

  /** The same as {@link #fault} without an allocation; null for none. */
  public static @Nullable DropReason faultOf(ByteBuf datagram) {
    int start = datagram.readerIndex();
    if (datagram.readableBytes() < MIN_LENGTH) {
      return DropReason.BAD_LENGTH;
    }
    if (datagram.getUnsignedByte(start) >>> 5 != VERSION) {
      return DropReason.BAD_VERSION;
    }
    int bits = datagram.getUnsignedByte(start + 1);
    boolean authenticated = (bits & AUTHENTICATION_PRESENT) != 0;
    int length = datagram.getUnsignedByte(start + 3);
    int least = authenticated ? MIN_LENGTH + MIN_AUTHENTICATION_LENGTH : MIN_LENGTH;
    if (length < least || length > datagram.readableBytes()) {
      return DropReason.BAD_LENGTH;
    }
    if (datagram.getByte(start + 2) == 0) {
      return DropReason.ZERO_DETECT_MULT;
    }
    if ((bits & MULTIPOINT) != 0) {
      return DropReason.MULTIPOINT;
    }
    if (datagram.getInt(start + 4) == 0) {
      return DropReason.ZERO_MY_DISCRIMINATOR;
    }
    State state = State.of(bits >>> 6);
    boolean mayBeZero = state == State.DOWN || state == State.ADMIN_DOWN;
    if (datagram.getInt(start + 8) == 0 && !mayBeZero) {
      return DropReason.ZERO_YOUR_DISCRIMINATOR;
    }
    if (authenticated
        && !AuthenticationSection.isWellFormed(datagram, start + MIN_LENGTH, length - MIN_LENGTH)) {
      return DropReason.MALFORMED_AUTHENTICATION;
    }
    return null;
  }

  /** Reads a packet that has no {@link #fault}, and everything else that is in the datagram. */
  public static ControlPacket decode(ByteBuf datagram) {
    int start = datagram.readerIndex();
    int bits = datagram.getUnsignedByte(start + 1);
    ControlPacket packet =
        new ControlPacket(
            new Diagnostic(datagram.getUnsignedByte(start) & 0x1F),
            State.of(bits >>> 6),
            new Flags(
                (bits & POLL) != 0,
                (bits & FINAL) != 0,
                (bits & CONTROL_PLANE_INDEPENDENT) != 0,
                (bits & DEMAND) != 0),
            datagram.getUnsignedByte(start + 2),
            datagram.getInt(start + 4),
            datagram.getInt(start + 8),
            new Intervals(
                datagram.getUnsignedInt(start + 12),
                datagram.getUnsignedInt(start + 16),
                datagram.getUnsignedInt(start + 20)),
            (bits & AUTHENTICATION_PRESENT) == 0
                ? Optional.empty()
                : Optional.of(AuthenticationSection.decode(datagram, start + MIN_LENGTH)));
    datagram.skipBytes(datagram.readableBytes());
    return packet;
  }

  /** Appends a packet. */
  public static void encode(ControlPacket packet, ByteBuf out) {
    Flags flags = packet.flags();
    int bits = packet.state().code() << 6;
    bits |= flags.poll() ? POLL : 0;
    bits |= flags.isFinal() ? FINAL : 0;
    bits |= flags.controlPlaneIndependent() ? CONTROL_PLANE_INDEPENDENT : 0;
    bits |= packet.authentication().isPresent() ? AUTHENTICATION_PRESENT : 0;
    bits |= flags.demand() ? DEMAND : 0;
    out.writeByte(VERSION << 5 | packet.diagnostic().code());
    out.writeByte(bits);
    out.writeByte(packet.detectMult());
    out.writeByte(
        MIN_LENGTH + packet.authentication().map(AuthenticationSection::encodedLength).orElse(0));
    out.writeInt(packet.myDiscriminator());
    out.writeInt(packet.yourDiscriminator());
    out.writeInt((int) packet.intervals().desiredMinTxMicros());
    out.writeInt((int) packet.intervals().requiredMinRxMicros());
    out.writeInt((int) packet.intervals().requiredMinEchoRxMicros());
    packet.authentication().ifPresent(section -> section.encode(out));
  }
}
