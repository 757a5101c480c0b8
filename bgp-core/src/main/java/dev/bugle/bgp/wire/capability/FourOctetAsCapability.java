package dev.bugle.bgp.wire.capability;

import dev.bugle.bgp.wire.Asn;
import io.netty.buffer.ByteBuf;

/**
 * Support for 4-octet AS numbers (RFC 6793 §3), with the sender's true number.
 *
 * @param asn 0 to 4294967295
 */
public record FourOctetAsCapability(long asn) implements Capability {

  /** The capability code. */
  public static final int CODE = 65;

  /** Checks the range. */
  public FourOctetAsCapability {
    if (asn < 0 || asn > Asn.MAX) {
      throw new IllegalArgumentException("AS number " + asn + " is not in 0 to " + Asn.MAX);
    }
  }

  static FourOctetAsCapability decode(ByteBuf value) {
    CapabilityDecoder.requireLength(value, 4, "4-octet AS");
    return new FourOctetAsCapability(value.readUnsignedInt());
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void encodeValue(ByteBuf out) {
    out.writeInt((int) asn);
  }

  @Override
  public String toString() {
    return "4-octet AS " + asn;
  }
}
