package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;

/**
 * AS4_AGGREGATOR: the true AGGREGATOR, sent beside one with AS_TRANS (RFC 6793 §4.2.2).
 *
 * @param asn its AS number, 1 to 4294967295 (RFC 7607 forbids 0)
 * @param address its address
 */
public record As4Aggregator(long asn, Ipv4Address address) implements PathAttribute {

  /** Checks the range of the AS number. */
  public As4Aggregator {
    Asn.requireUsable(asn);
  }

  static As4Aggregator decode(ByteBuf value, CodecContext context) {
    AttributeType.requireLength(value, 8, "AS4_AGGREGATOR");
    long asn = value.readUnsignedInt();
    AttributeType.requireAsn(asn, "AS4_AGGREGATOR");
    return new As4Aggregator(asn, new Ipv4Address(value.readInt()));
  }

  @Override
  public int typeCode() {
    return AttributeType.AS4_AGGREGATOR;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    out.writeInt((int) asn);
    address.writeTo(out);
  }

  @Override
  public int valueLength(CodecContext context) {
    return 8;
  }

  @Override
  public String toString() {
    return asn + " " + address;
  }
}
