package dev.bugle.bgp.wire.capability;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** One capability that a speaker announces in OPEN (RFC 5492 §4). Implementations are values. */
public interface Capability {

  /** The capability code, 0 to 255. */
  int code();

  /** Appends the capability value, without code and length. */
  void encodeValue(ByteBuf out);

  /** These capabilities as they stand in OPEN: code, length and value of each. */
  static Bytes bytesOf(List<? extends Capability> capabilities) {
    ByteBuf out = Unpooled.buffer();
    capabilities.forEach(capability -> capability.encode(out));
    return Bytes.readAll(out);
  }

  /** Appends code, length and value. */
  default void encode(ByteBuf out) {
    out.writeByte(code());
    out.writeByte(0);
    int start = out.writerIndex();
    encodeValue(out);
    out.setByte(start - 1, out.writerIndex() - start);
  }
}
