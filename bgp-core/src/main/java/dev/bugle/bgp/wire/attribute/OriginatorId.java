package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;

/**
 * ORIGINATOR_ID: who brought the route into the AS, so that it knows its own again when route
 * reflectors send it back (RFC 4456 §8).
 *
 * @param identifier the BGP Identifier of that router
 */
public record OriginatorId(Ipv4Address identifier) implements PathAttribute {

  static OriginatorId decode(ByteBuf value, CodecContext context) {
    AttributeType.requireLength(value, 4, "ORIGINATOR_ID");
    return new OriginatorId(new Ipv4Address(value.readInt()));
  }

  @Override
  public int typeCode() {
    return AttributeType.ORIGINATOR_ID;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_NON_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    identifier.writeTo(out);
  }

  @Override
  public int valueLength(CodecContext context) {
    return 4;
  }

  @Override
  public String toString() {
    return identifier.toString();
  }
}
