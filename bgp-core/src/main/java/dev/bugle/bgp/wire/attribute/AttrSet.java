package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * ATTR_SET: the attributes that a route has inside a customer's AS, carried through the provider's
 * as they are (RFC 6368 §5). They are kept as octets: what they mean is said in the context of the
 * customer's session, not of this one.
 *
 * @param originAs the customer's AS, 0 to 4294967295
 * @param attributes a Path Attributes field, with AS numbers of four octets
 */
public record AttrSet(long originAs, Bytes attributes) implements PathAttribute {

  /** Checks the range, and that the attributes end where the field ends. */
  public AttrSet {
    if (originAs < 0 || originAs > Asn.MAX) {
      throw new IllegalArgumentException("AS number " + originAs + " is not in 0 to " + Asn.MAX);
    }
    if (!isWhole(Unpooled.wrappedBuffer(attributes.toArray()))) {
      throw new IllegalArgumentException("ATTR_SET ends inside an attribute: " + attributes);
    }
  }

  static AttrSet decode(ByteBuf value, CodecContext context) {
    if (value.readableBytes() < 4) {
      throw new BgpException(
          BgpError.ATTRIBUTE_LENGTH_ERROR,
          "ATTR_SET has " + value.readableBytes() + " octets, at least 4 are needed");
    }
    long originAs = value.readUnsignedInt();
    if (!isWhole(value.duplicate())) { // RFC 7606 §7.16
      throw new BgpException(
          BgpError.OPTIONAL_ATTRIBUTE_ERROR, "ATTR_SET ends inside one of its attributes");
    }
    return new AttrSet(originAs, Bytes.readAll(value));
  }

  private static boolean isWhole(ByteBuf field) {
    while (field.isReadable()) {
      boolean extended = (field.readByte() & AttributeFlags.EXTENDED_LENGTH) != 0;
      if (field.readableBytes() < (extended ? 3 : 2)) {
        return false;
      }
      field.readByte(); // the type code
      int length = extended ? field.readUnsignedShort() : field.readUnsignedByte();
      if (length > field.readableBytes()) {
        return false;
      }
      field.skipBytes(length);
    }
    return true;
  }

  @Override
  public int typeCode() {
    return AttributeType.ATTR_SET;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    out.writeInt((int) originAs);
    attributes.writeTo(out);
  }

  @Override
  public String toString() {
    return "AS " + originAs + (attributes.isEmpty() ? "" : " " + attributes);
  }
}
