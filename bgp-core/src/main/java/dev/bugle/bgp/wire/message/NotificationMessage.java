package dev.bugle.bgp.wire.message;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;

/**
 * NOTIFICATION: an error, after which the connection is closed (RFC 4271 §4.5).
 *
 * @param error code, subcode and data
 */
public record NotificationMessage(BgpError error) implements Message {

  /** Reads the body; {@link MessageCodec} has checked that code and subcode are there. */
  static NotificationMessage decode(ByteBuf body) {
    int code = body.readUnsignedByte();
    int subcode = body.readUnsignedByte();
    return new NotificationMessage(new BgpError(code, subcode, Bytes.readAll(body)));
  }

  void encode(ByteBuf out) {
    out.writeByte(error.code());
    out.writeByte(error.subcode());
    error.data().writeTo(out);
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
