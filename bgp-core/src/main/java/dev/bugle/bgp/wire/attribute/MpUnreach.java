package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PackedPrefixes;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * MP_UNREACH_NLRI: destinations of any family that are withdrawn (RFC 4760 §4).
 *
 * @param family what the destinations are
 * @param nlri the destinations; none of them makes this the End-of-RIB of the family (RFC 4724 §2)
 */
public record MpUnreach(AddressFamily family, List<Nlri> nlri) implements PathAttribute {

  /** Copies the list. */
  public MpUnreach {
    nlri = PackedPrefixes.copyOf(nlri);
  }

  static MpUnreach decode(ByteBuf value, CodecContext context) {
    if (value.readableBytes() < 3) {
      throw new BgpException(
          BgpError.ATTRIBUTE_LENGTH_ERROR,
          "MP_UNREACH_NLRI has " + value.readableBytes() + " octets, at least 3 are needed");
    }
    AddressFamily family = new AddressFamily(value.readUnsignedShort(), value.readUnsignedByte());
    return new MpUnreach(family, context.nlriCodecs().decode(family, value.slice(), context));
  }

  @Override
  public int typeCode() {
    return AttributeType.MP_UNREACH_NLRI;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_NON_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    out.writeShort(family.afi());
    out.writeByte(family.safi());
    context.nlriCodecs().encode(family, nlri, out, context);
  }

  @Override
  public int valueLength(CodecContext context) {
    return 3 + context.nlriCodecs().encodedLength(family, nlri, context);
  }

  @Override
  public String toString() {
    return family + " " + nlri;
  }
}
