package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;

/** ATOMIC_AGGREGATE: some AS numbers were left out in aggregation (RFC 4271 §5.1.6). No value. */
public enum AtomicAggregate implements PathAttribute {
  /** The attribute is there. */
  PRESENT;

  static AtomicAggregate decode(ByteBuf value, CodecContext context) {
    AttributeType.requireLength(value, 0, "ATOMIC_AGGREGATE");
    return PRESENT;
  }

  @Override
  public int typeCode() {
    return AttributeType.ATOMIC_AGGREGATE;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.WELL_KNOWN;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    // The attribute has no value.
  }

  @Override
  public int valueLength(CodecContext context) {
    return 0;
  }

  @Override
  public String toString() {
    return "atomic-aggregate";
  }
}
