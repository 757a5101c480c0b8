package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.Nlri;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A node, a link or a prefix of somebody's topology (RFC 9552 §5.2). An open registry, so a type
 * that is not known is an {@link UnknownLinkStateNlri}; one that is malformed and can be skipped is
 * a {@link MalformedLinkStateNlri}.
 */
public sealed interface LinkStateNlri extends Nlri
    permits NodeNlri, LinkNlri, PrefixNlri, UnknownLinkStateNlri, MalformedLinkStateNlri {

  /** The NLRI Type, 0 to 65535. */
  int type();

  /** What stands behind type and length: 65535 octets at most. */
  Bytes value();

  /**
   * Parses the text of any NLRI but a malformed one; each type shows its own.
   *
   * @throws IllegalArgumentException saying what is wrong where in the text
   */
  static LinkStateNlri parse(String text) {
    return LinkStateText.parse(text);
  }

  /**
   * Reads the next NLRI of a field that is not empty.
   *
   * @throws BgpException when it ends behind the field, so that nobody knows where the next begins
   */
  static LinkStateNlri decode(ByteBuf field) {
    if (field.readableBytes() < Tlv.HEADER_LENGTH) {
      throw malformed("ends inside type and length of a link-state NLRI");
    }
    int type = field.readUnsignedShort();
    int length = field.readUnsignedShort();
    if (length > field.readableBytes()) {
      throw malformed(
          "link-state NLRI of type "
              + type
              + " has length "
              + length
              + ", beyond the "
              + field.readableBytes()
              + " octets left");
    }
    return of(type, Bytes.read(field, length));
  }

  private static BgpException malformed(String found) {
    return new BgpException(BgpError.INVALID_NETWORK_FIELD, found);
  }

  private static LinkStateNlri of(int type, Bytes value) {
    try {
      return switch (type) {
        case NodeNlri.TYPE -> new NodeNlri(Source.of(value), tlvs(value));
        case LinkNlri.TYPE -> new LinkNlri(Source.of(value), tlvs(value));
        case PrefixNlri.IPV4_TYPE -> new PrefixNlri(true, Source.of(value), tlvs(value));
        case PrefixNlri.IPV6_TYPE -> new PrefixNlri(false, Source.of(value), tlvs(value));
        default -> new UnknownLinkStateNlri(type, value);
      };
    } catch (IllegalArgumentException malformed) { // RFC 9552 §8.2.2: NLRI discard
      return new MalformedLinkStateNlri(type, value, String.valueOf(malformed.getMessage()));
    }
  }

  private static Tlvs tlvs(Bytes value) {
    ByteBuf in = Unpooled.wrappedBuffer(value.toArray());
    return Tlvs.read(in.skipBytes(Source.LENGTH));
  }

  /** What an NLRI of a known type begins with, and the TLVs that follow. */
  static Bytes value(Source source, Tlvs tlvs) {
    ByteBuf out = Unpooled.buffer();
    source.write(out);
    tlvs.write(out);
    return Bytes.readAll(out);
  }

  /** Appends it. */
  default void encode(ByteBuf out) {
    new Tlv(type(), value()).write(out);
  }
}
