package dev.bugle.bgp.bmp;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Messages to octets and back, and the framing of a stream (RFC 7854 §4.1). Stateless. */
public final class BmpCodec {

  /** Octets of the longest message that is read. */
  public static final int LONGEST_MESSAGE = 1 << 20;

  /** Octets of version, length and type. */
  public static final int HEADER_LENGTH = 6;

  private static final int VERSION = 3;

  private BmpCodec() {}

  /**
   * Takes the next message off the front of a stream, if it is there whole.
   *
   * @param stream what was received; a message that is there whole is consumed, whether it is
   *     returned or has a fault; nothing else is
   * @throws MalformedBmpException saying what was found; where it is the header that is wrong, no
   *     other message can be found in the stream
   */
  public static Optional<BmpMessage> decodeNext(ByteBuf stream) throws MalformedBmpException {
    int start = stream.readerIndex();
    if (!stream.isReadable()) {
      return Optional.empty();
    }
    int version = stream.getUnsignedByte(start);
    if (version != VERSION) {
      throw new MalformedBmpException("version " + version + " is not 3: not BMP, or another one");
    }
    if (stream.readableBytes() < HEADER_LENGTH) {
      return Optional.empty();
    }
    long length = stream.getUnsignedInt(start + 1);
    if (length < HEADER_LENGTH || length > LONGEST_MESSAGE) {
      throw new MalformedBmpException(
          "a message of "
              + length
              + " octets is not of "
              + HEADER_LENGTH
              + " to "
              + LONGEST_MESSAGE);
    }
    if (stream.readableBytes() < length) {
      return Optional.empty();
    }
    ByteBuf message = stream.readSlice((int) length).skipBytes(HEADER_LENGTH - 1);
    int type = message.readUnsignedByte();
    return Optional.of(decode(type, new BmpFields(message)));
  }

  private static BmpMessage decode(int type, BmpFields fields) throws MalformedBmpException {
    return switch (type) {
      case RouteMonitoring.TYPE -> RouteMonitoring.decode(fields);
      case StatisticsReport.TYPE -> StatisticsReport.decode(fields);
      case PeerDown.TYPE -> PeerDown.decode(fields);
      case PeerUp.TYPE -> PeerUp.decode(fields);
      case Initiation.TYPE -> Initiation.decode(fields);
      case Termination.TYPE -> Termination.decode(fields);
      case RouteMirroring.TYPE -> RouteMirroring.decode(fields);
      default -> new OpaqueBmpMessage(type, fields.rest());
    };
  }

  /** Appends a message with its header. */
  public static void encode(BmpMessage message, ByteBuf out) {
    int start = out.writerIndex();
    out.writeByte(VERSION).writeInt(0).writeByte(message.type());
    message.encode(out);
    out.setInt(start + 1, out.writerIndex() - start);
  }
}
