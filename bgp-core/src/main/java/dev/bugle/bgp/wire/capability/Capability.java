package dev.bugle.bgp.wire.capability;

import io.netty.buffer.ByteBuf;

/** One capability that a speaker announces in OPEN (RFC 5492 §4). Implementations are values. */
public interface Capability {

  /** The capability code, 0 to 255. */
  int code();

  /** Appends the capability value, without code and length. */
  void encodeValue(ByteBuf out);

  /** Appends code, length and value. */
  default void encode(ByteBuf out) {
    out.writeByte(code());
    out.writeByte(0);
    int start = out.writerIndex();
    encodeValue(out);
    out.setByte(start - 1, out.writerIndex() - start);
  }
}
