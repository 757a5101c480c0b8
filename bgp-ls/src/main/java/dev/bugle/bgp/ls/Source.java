package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Which protocol, and which instance of it, link-state information comes from (RFC 9552 §5.2).
 *
 * @param protocol the Protocol-ID
 * @param instance the Identifier, an unsigned number; 0 where there is one instance
 */
public record Source(ProtocolId protocol, long instance) {

  /** Octets on the wire. */
  static final int LENGTH = 9;

  /** The only instance of a protocol. */
  public static Source of(ProtocolId protocol) {
    return new Source(protocol, 0);
  }

  static Source of(Bytes value) {
    if (value.length() < LENGTH) {
      throw new IllegalArgumentException(
          value.length() + " octets do not hold a protocol and its instance");
    }
    ByteBuf in = Unpooled.wrappedBuffer(value.toArray());
    return new Source(new ProtocolId(in.readUnsignedByte()), in.readLong());
  }

  void write(ByteBuf out) {
    out.writeByte(protocol.number());
    out.writeLong(instance);
  }

  /** Like {@code isis-level-2 id 0}. */
  @Override
  public String toString() {
    return protocol + " id " + Long.toUnsignedString(instance);
  }
}
