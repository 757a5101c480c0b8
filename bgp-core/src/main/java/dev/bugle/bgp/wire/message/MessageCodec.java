package dev.bugle.bgp.wire.message;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.attribute.AttributeDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Messages to bytes and back, and the framing of a stream (RFC 4271 §4.1, §6.1). Stateless; usable
 * from any thread.
 */
public final class MessageCodec {

  /** Marker, Length and Type. */
  public static final int HEADER_LENGTH = 19;

  private static final int MARKER_LENGTH = 16;

  private MessageCodec() {}

  /**
   * Takes the next message off the front of a stream, if it is there whole.
   *
   * <p>The header is checked as soon as its bytes are there, so that a peer that sends garbage is
   * answered without waiting for a length that it made up.
   *
   * @param stream what was received; a message that is there whole is consumed, whether it is
   *     returned or its body has a fault; nothing else is
   * @throws BgpException with the NOTIFICATION that RFC 4271 §6 names
   */
  public static Optional<Message> decodeNext(ByteBuf stream, CodecContext context) {
    return decodeNext(stream, context, AttributeDecoder::decode);
  }

  /** As above, with the attributes of an UPDATE read so. */
  static Optional<Message> decodeNext(
      ByteBuf stream,
      CodecContext context,
      BiFunction<ByteBuf, CodecContext, AttributeDecoder.Decoded> attributes) {
    int available = stream.readableBytes();
    checkMarker(stream, Math.min(available, MARKER_LENGTH));
    if (available < HEADER_LENGTH) {
      return Optional.empty();
    }
    int start = stream.readerIndex();
    int length = stream.getUnsignedShort(start + MARKER_LENGTH);
    int code = stream.getUnsignedByte(start + MARKER_LENGTH + 2);
    Optional<MessageType> type = MessageType.of(code);
    boolean inBounds = length >= HEADER_LENGTH && length <= context.received().longestMessage();
    boolean fitsType = type.isEmpty() || type.get().allowsLength(length);
    if (!inBounds || !fitsType) {
      throw new BgpException(
          BgpError.BAD_MESSAGE_LENGTH.withData(Bytes.ofInts(length >> 8, length)),
          type.map(MessageType::name).orElse("message type " + code) + " with length " + length);
    }
    if (type.isEmpty()) {
      throw new BgpException(
          BgpError.BAD_MESSAGE_TYPE.withData(Bytes.ofInts(code)), "message type " + code);
    }
    if (available < length) {
      return Optional.empty();
    }
    ByteBuf body = stream.readSlice(length).skipBytes(HEADER_LENGTH);
    return Optional.of(decodeBody(type.get(), body, context, attributes));
  }

  private static void checkMarker(ByteBuf stream, int count) {
    int start = stream.readerIndex();
    if (count == MARKER_LENGTH && (stream.getLong(start) & stream.getLong(start + 8)) == -1) {
      return;
    }
    for (int i = 0; i < count; i++) {
      if (stream.getUnsignedByte(start + i) != 0xFF) {
        throw new BgpException(
            BgpError.CONNECTION_NOT_SYNCHRONIZED, "the marker is not all ones: not BGP");
      }
    }
  }

  private static Message decodeBody(
      MessageType type,
      ByteBuf body,
      CodecContext context,
      BiFunction<ByteBuf, CodecContext, AttributeDecoder.Decoded> attributes) {
    return switch (type) {
      case OPEN -> OpenMessage.decode(body);
      case UPDATE -> UpdateMessage.decode(body, context, attributes);
      case NOTIFICATION -> NotificationMessage.decode(body);
      case KEEPALIVE -> KeepaliveMessage.KEEPALIVE;
      case ROUTE_REFRESH -> RouteRefreshMessage.decode(body, context);
    };
  }

  /**
   * Appends a message with its header.
   *
   * @throws IllegalArgumentException when it is longer than the context allows, or holds NLRI of
   *     another family than its field; nothing is appended
   */
  public static void encode(Message message, ByteBuf out, CodecContext context) {
    int start = out.writerIndex();
    boolean whole = false;
    try {
      encodeAt(start, message, out, context);
      whole = true;
    } finally {
      if (!whole) {
        out.writerIndex(start);
      }
    }
  }

  private static void encodeAt(int start, Message message, ByteBuf out, CodecContext context) {
    writeHeader(out, 0, message.type().code());
    switch (message.type()) {
      case OPEN -> ((OpenMessage) message).encode(out);
      case UPDATE -> ((UpdateMessage) message).encode(out, context);
      case NOTIFICATION -> ((NotificationMessage) message).encode(out, context);
      case KEEPALIVE -> {}
      case ROUTE_REFRESH -> ((RouteRefreshMessage) message).encode(out);
    }
    int length = out.writerIndex() - start;
    int longest = Math.min(context.sent().longestMessage(), message.type().maxLength());
    if (length > longest) {
      throw new IllegalArgumentException(
          message.type() + " of " + length + " octets is longer than " + longest);
    }
    out.setShort(start + MARKER_LENGTH, length);
  }

  private static void writeHeader(ByteBuf out, int length, int typeCode) {
    out.writeLong(-1);
    out.writeLong(-1);
    out.writeShort(length);
    out.writeByte(typeCode);
  }

  /** A message with this body as it was on the wire, for NOTIFICATION data. */
  static Bytes wholeMessage(ByteBuf body, int typeCode) {
    ByteBuf whole = Unpooled.buffer(HEADER_LENGTH + body.readableBytes());
    writeHeader(whole, HEADER_LENGTH + body.readableBytes(), typeCode);
    whole.writeBytes(body, body.readerIndex(), body.readableBytes());
    return Bytes.readAll(whole);
  }
}
