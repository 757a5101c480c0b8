package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;

/**
 * An attribute that the table does not know, kept byte for byte with its flags (RFC 4271 §5).
 *
 * @param flags as received
 * @param typeCode 0 to 255
 * @param value as received
 */
public record UnknownAttribute(AttributeFlags flags, int typeCode, Bytes value)
    implements PathAttribute {

  /** Checks the range of the type code. */
  public UnknownAttribute {
    if (typeCode < 0 || typeCode > 255) {
      throw new IllegalArgumentException("attribute type code " + typeCode + " is not in 0 to 255");
    }
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    value.writeTo(out);
  }

  @Override
  public int valueLength(CodecContext context) {
    return value.length();
  }

  @Override
  public String toString() {
    return "type " + typeCode + " (" + flags + ") " + value;
  }
}
