package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;

/**
 * AGGREGATOR: who formed the aggregate (RFC 4271 §5.1.7).
 *
 * @param asn its AS number, 1 to 4294967295 (RFC 7607 forbids 0)
 * @param address its address
 */
public record Aggregator(long asn, Ipv4Address address) implements PathAttribute {

  /** Checks the range of the AS number. */
  public Aggregator {
    Asn.requireUsable(asn);
  }

  static Aggregator decode(ByteBuf value, CodecContext context) {
    AttributeType.requireLength(value, context.fourOctetAs() ? 8 : 6, "AGGREGATOR");
    long asn = context.fourOctetAs() ? value.readUnsignedInt() : value.readUnsignedShort();
    AttributeType.requireAsn(asn, "AGGREGATOR");
    return new Aggregator(asn, new Ipv4Address(value.readInt()));
  }

  @Override
  public int typeCode() {
    return AttributeType.AGGREGATOR;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    if (context.fourOctetAs()) {
      out.writeInt((int) asn);
    } else {
      out.writeShort(Asn.fitsTwoOctets(asn) ? (int) asn : Asn.AS_TRANS);
    }
    address.writeTo(out);
  }

  @Override
  public int valueLength(CodecContext context) {
    return context.fourOctetAs() ? 8 : 6;
  }

  @Override
  public String toString() {
    return asn + " " + address;
  }
}
