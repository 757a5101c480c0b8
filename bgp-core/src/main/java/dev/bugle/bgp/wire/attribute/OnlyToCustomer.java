package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;

/**
 * Only to Customer, OTC: the AS from which on the route may go to customers only (RFC 9234 §5).
 *
 * @param asn 0 to 4294967295, in four octets towards old speakers, too
 */
public record OnlyToCustomer(long asn) implements PathAttribute {

  /** Checks the range. */
  public OnlyToCustomer {
    if (asn < 0 || asn > Asn.MAX) {
      throw new IllegalArgumentException("AS number " + asn + " is not in 0 to " + Asn.MAX);
    }
  }

  static OnlyToCustomer decode(ByteBuf value, CodecContext context) {
    AttributeType.requireLength(value, 4, "OTC");
    return new OnlyToCustomer(value.readUnsignedInt());
  }

  @Override
  public int typeCode() {
    return AttributeType.ONLY_TO_CUSTOMER;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    out.writeInt((int) asn);
  }

  @Override
  public int valueLength(CodecContext context) {
    return 4;
  }

  @Override
  public String toString() {
    return Long.toString(asn);
  }
}
