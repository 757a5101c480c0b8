package dev.bugle.bgp.wire.message;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;

/**
 * NOTIFICATION: an error, after which the connection is closed (RFC 4271 §4.5).
 *
 * @param error code, subcode and data
 */
public record NotificationMessage(BgpError error) implements Message {

  /** Octets of a NOTIFICATION without data. */
  private static final int MIN_LENGTH = 21;

  /** Reads the body; {@link MessageCodec} has checked that code and subcode are there. */
  static NotificationMessage decode(ByteBuf body) {
    int code = body.readUnsignedByte();
    int subcode = body.readUnsignedByte();
    return new NotificationMessage(new BgpError(code, subcode, Bytes.readAll(body)));
  }

  /** Appends the body. Data that does not fit is cut: the peer must at least learn the code. */
  void encode(ByteBuf out, CodecContext context) {
    out.writeByte(error.code());
    out.writeByte(error.subcode());
    int room = context.sent().longestMessage() - MIN_LENGTH;
    byte[] data = error.data().toArray();
    out.writeBytes(data, 0, Math.min(data.length, room));
  }

  @Override
  public MessageType type() {
    return MessageType.NOTIFICATION;
  }

  @Override
  public String toString() {
    return "NOTIFICATION " + error;
  }
}
