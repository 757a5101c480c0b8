package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;

/**
 * LOCAL_PREF: how much this AS prefers the route; between speakers of one AS only (RFC 4271
 * §5.1.5).
 *
 * @param value 0 to 4294967295; higher is preferred
 */
public record LocalPref(long value) implements PathAttribute {

  /** Checks the range. */
  public LocalPref {
    if (value < 0 || value > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("LOCAL_PREF " + value + " is not in 0 to 4294967295");
    }
  }

  static LocalPref decode(ByteBuf value, CodecContext context) {
    AttributeType.requireLength(value, 4, "LOCAL_PREF");
    return new LocalPref(value.readUnsignedInt());
  }

  @Override
  public int typeCode() {
    return AttributeType.LOCAL_PREF;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.WELL_KNOWN;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    out.writeInt((int) value);
  }

  @Override
  public int valueLength(CodecContext context) {
    return 4;
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
