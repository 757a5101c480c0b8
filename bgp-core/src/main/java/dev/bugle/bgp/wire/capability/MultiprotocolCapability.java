package dev.bugle.bgp.wire.capability;

import dev.bugle.bgp.wire.AddressFamily;
import io.netty.buffer.ByteBuf;

/**
 * Multiprotocol Extensions (RFC 4760 §8): the sender exchanges routes of this family.
 *
 * @param family AFI and SAFI
 */
public record MultiprotocolCapability(AddressFamily family) implements Capability {

  /** The capability code. */
  public static final int CODE = 1;

  static MultiprotocolCapability decode(ByteBuf value) {
    CapabilityDecoder.requireLength(value, 4, "multiprotocol");
    int afi = value.readUnsignedShort();
    value.readByte(); // reserved; ignored by receivers
    return new MultiprotocolCapability(new AddressFamily(afi, value.readUnsignedByte()));
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void encodeValue(ByteBuf out) {
    out.writeShort(family.afi());
    out.writeByte(0);
    out.writeByte(family.safi());
  }

  @Override
  public String toString() {
    return "multiprotocol " + family;
  }
}
