package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.attribute.AttributeCodec;
import dev.bugle.bgp.wire.attribute.AttributeFlags;
import dev.bugle.bgp.wire.attribute.FaultClass;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import io.netty.buffer.ByteBuf;

/** How the attribute is read, and what a fault in it does. */
final class LinkStateAttributeCodec implements AttributeCodec {

  @Override
  public int typeCode() {
    return LinkStateAttribute.TYPE_CODE;
  }

  @Override
  public String name() {
    return LinkStateAttribute.NAME;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_NON_TRANSITIVE;
  }

  /** RFC 9552 §8.2.2: the NLRI beside it stand. */
  @Override
  public FaultClass onFault() {
    return FaultClass.DISCARD;
  }

  @Override
  public PathAttribute decode(ByteBuf value, CodecContext context) {
    try {
      return new LinkStateAttribute(Tlvs.read(value));
    } catch (IllegalArgumentException malformed) {
      throw new BgpException(
          BgpError.OPTIONAL_ATTRIBUTE_ERROR, String.valueOf(malformed.getMessage()));
    }
  }
}
