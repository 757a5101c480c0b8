package dev.bugle.bgp.recording;

import dev.bugle.bgp.session.Action;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Messages as they are on the wire, whole, in hexadecimal. What they mean depends on what the
 * session agreed on, so this follows the actions of its machine.
 */
final class MessageNotation {

  private final Map<Initiator, CodecContext> contexts = new EnumMap<>(Initiator.class);

  /** After this action, messages of its connection may have to be read otherwise. */
  void follow(Action action) {
    if (action instanceof Action.SessionUp up) {
      contexts.put(up.initiator(), up.negotiated().codec());
    } else if (action instanceof Action.CloseConnection close) {
      contexts.remove(close.initiator());
    }
  }

  private CodecContext context(Initiator initiator) {
    return contexts.getOrDefault(initiator, CodecContext.INITIAL);
  }

  /** A message that we send. */
  Bytes sent(Initiator initiator, Message message) {
    return encoded(message, context(initiator));
  }

  /** A message that the peer sent, for a log that was not given its octets. */
  Bytes received(Initiator initiator, Message message) {
    return encoded(message, context(initiator).mirrored());
  }

  private static Bytes encoded(Message message, CodecContext context) {
    ByteBuf out = Unpooled.buffer();
    MessageCodec.encode(message, out, context);
    return Bytes.readAll(out);
  }

  /** What the peer's octets mean. */
  Message read(Initiator initiator, String hex) {
    ByteBuf in = Unpooled.buffer();
    Bytes.hex(hex).writeTo(in);
    try {
      Optional<Message> message = MessageCodec.decodeNext(in, context(initiator));
      if (message.isEmpty() || in.isReadable()) {
        throw new IllegalArgumentException("these octets are not one whole message");
      }
      return message.get();
    } catch (BgpException fault) {
      throw new IllegalArgumentException("no message: " + fault.found(), fault);
    }
  }
}
