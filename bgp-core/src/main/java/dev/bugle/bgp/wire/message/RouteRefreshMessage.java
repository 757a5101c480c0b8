package dev.bugle.bgp.wire.message;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;

/**
 * ROUTE-REFRESH: asks for all routes of a family again (RFC 2918 §3).
 *
 * @param family of the routes
 * @param subtype the octet between AFI and SAFI: 0 asks; others belong to RFC 7313
 */
public record RouteRefreshMessage(AddressFamily family, int subtype) implements Message {

  private static final int BODY_LENGTH = 4;

  /** Checks the range. */
  public RouteRefreshMessage {
    if (subtype < 0 || subtype > 255) {
      throw new IllegalArgumentException("subtype " + subtype + " is not in 0 to 255");
    }
  }

  /** A plain request. */
  public RouteRefreshMessage(AddressFamily family) {
    this(family, 0);
  }

  static RouteRefreshMessage decode(ByteBuf body) {
    int length = body.readableBytes();
    if (length != BODY_LENGTH) {
      throw new BgpException(
          lengthError(body),
          "ROUTE-REFRESH has a body of " + length + " octets, not " + BODY_LENGTH);
    }
    int afi = body.readUnsignedShort();
    int subtype = body.readUnsignedByte();
    return new RouteRefreshMessage(new AddressFamily(afi, body.readUnsignedByte()), subtype);
  }

  /** Only what RFC 7313 added has an error of its own (RFC 7313 §5). */
  private static BgpError lengthError(ByteBuf body) {
    int subtype = body.readableBytes() < 3 ? 0 : body.getUnsignedByte(body.readerIndex() + 2);
    if (subtype == 1 || subtype == 2) {
      return BgpError.INVALID_REFRESH_LENGTH.withData(MessageCodec.wholeMessage(body, 5));
    }
    int length = MessageCodec.HEADER_LENGTH + body.readableBytes();
    return BgpError.BAD_MESSAGE_LENGTH.withData(Bytes.ofInts(length >> 8, length));
  }

  void encode(ByteBuf out) {
    out.writeShort(family.afi());
    out.writeByte(subtype);
    out.writeByte(family.safi());
  }

  @Override
  public MessageType type() {
    return MessageType.ROUTE_REFRESH;
  }

  @Override
  public String toString() {
    return "ROUTE-REFRESH " + family + (subtype == 0 ? "" : " subtype " + subtype);
  }
}
