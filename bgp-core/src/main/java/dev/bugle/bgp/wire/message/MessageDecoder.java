package dev.bugle.bgp.wire.message;

import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.attribute.AttributeCache;
import dev.bugle.bgp.wire.attribute.AttributeDecoder.Decoded;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads the messages of one session. It does what {@link MessageCodec#decodeNext} does, and
 * remembers path attributes, so that those of the same octets are the same object. Used by one
 * thread.
 */
public final class MessageDecoder {

  private final BiFunction<ByteBuf, CodecContext, Decoded> attributes =
      new AttributeCache()::decode;

  /** For a session that has just begun. */
  public MessageDecoder() {}

  /**
   * Takes the next message off the front of a stream, if it is there whole.
   *
   * @param stream what was received; a message that is there whole is consumed
   * @param context what was agreed; attributes are remembered as long as it is the same object
   * @throws BgpException with the NOTIFICATION that RFC 4271 §6 names
   */
  public Optional<Message> decodeNext(ByteBuf stream, CodecContext context) {
    return MessageCodec.decodeNext(stream, context, attributes);
  }
}
