package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;

/**
 * MULTI_EXIT_DISC: which of several entries into our AS the neighbour should prefer (RFC 4271
 * §5.1.4).
 *
 * @param value 0 to 4294967295; lower is preferred
 */
public record MultiExitDisc(long value) implements PathAttribute {

  /** Checks the range. */
  public MultiExitDisc {
    if (value < 0 || value > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("MED " + value + " is not in 0 to 4294967295");
    }
  }

  static MultiExitDisc decode(ByteBuf value, CodecContext context) {
    AttributeType.requireLength(value, 4, "MED");
    return new MultiExitDisc(value.readUnsignedInt());
  }

  @Override
  public int typeCode() {
    return AttributeType.MULTI_EXIT_DISC;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_NON_TRANSITIVE;
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
