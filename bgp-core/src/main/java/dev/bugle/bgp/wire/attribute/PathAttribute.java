package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** One path attribute of an UPDATE (RFC 4271 §4.3). Implementations are immutable values. */
public interface PathAttribute {

  /** The attribute type code, 0 to 255. */
  int typeCode();

  /** What it is called in texts: its RFC's word where it is known, else its number. */
  default String attributeName() {
    return AttributeType.nameOf(typeCode());
  }

  /** The flags with which it is sent; the Extended Length bit is set by the encoder as needed. */
  AttributeFlags flags();

  /** Appends the attribute value, without flags, type and length. */
  void encodeValue(ByteBuf out, CodecContext context);

  /**
   * How many octets {@link #encodeValue} appends. By default that is found by doing it; attributes
   * of most routes know it.
   */
  default int valueLength(CodecContext context) {
    ByteBuf scratch = Unpooled.buffer(128);
    encodeValue(scratch, context);
    return scratch.readableBytes();
  }
}
