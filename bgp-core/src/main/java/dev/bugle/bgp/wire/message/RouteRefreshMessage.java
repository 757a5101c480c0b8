package dev.bugle.bgp.wire.message;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;

/**
 * ROUTE-REFRESH: asks for all routes of a family again (RFC 2918 §3), or marks where the answer
 * begins and ends (RFC 7313 §3.2).
 *
 * @param family of the routes
 * @param subtype the octet between AFI and SAFI: {@link #REQUEST}, {@link #BORR} or {@link #EORR};
 *     a receiver ignores any other (RFC 7313 §5)
 */
public record RouteRefreshMessage(AddressFamily family, int subtype) implements Message {

  /** Asks for the routes. */
  public static final int REQUEST = 0;

  /** Beginning of Route Refresh: all routes of the family follow. */
  public static final int BORR = 1;

  /** End of Route Refresh: what was not sent since the beginning is gone. */
  public static final int EORR = 2;

  private static final int BODY_LENGTH = 4;

  /** Checks the range. */
  public RouteRefreshMessage {
    if (subtype < 0 || subtype > 255) {
      throw new IllegalArgumentException("subtype " + subtype + " is not in 0 to 255");
    }
  }

  /** A plain request. */
  public RouteRefreshMessage(AddressFamily family) {
    this(family, REQUEST);
  }

  static RouteRefreshMessage decode(ByteBuf body, CodecContext context) {
    int length = body.readableBytes();
    if (length != BODY_LENGTH) {
      throw new BgpException(
          lengthError(body, context),
          "ROUTE-REFRESH has a body of " + length + " octets, not " + BODY_LENGTH);
    }
    int afi = body.readUnsignedShort();
    int subtype = body.readUnsignedByte();
    return new RouteRefreshMessage(new AddressFamily(afi, body.readUnsignedByte()), subtype);
  }

  /** Only what RFC 7313 added has an error of its own (RFC 7313 §5). */
  private static BgpError lengthError(ByteBuf body, CodecContext context) {
    int subtype = body.readableBytes() < 3 ? 0 : body.getUnsignedByte(body.readerIndex() + 2);
    if (context.enhancedRouteRefresh() && (subtype == BORR || subtype == EORR)) {
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
    String kind =
        switch (subtype) {
          case REQUEST -> "";
          case BORR -> " BoRR";
          case EORR -> " EoRR";
          default -> " subtype " + subtype;
        };
    return "ROUTE-REFRESH " + family + kind;
  }
}
