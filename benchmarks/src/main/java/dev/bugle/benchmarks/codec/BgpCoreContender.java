package dev.bugle.benchmarks.codec;

import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.message.MessageDecoder;
import io.netty.buffer.ByteBuf;

/** {@code bgp-core}, as a session has it. */
final class BgpCoreContender implements Contender {

  static final String NAME = "bgp-core";

  private static final CodecContext CONTEXT = CodecContext.INITIAL.withFourOctetAs(true);

  private final MessageDecoder decoder = new MessageDecoder();

  @Override
  public Object decode(ByteBuf stream) {
    return decoder.decodeNext(stream, CONTEXT).orElseThrow();
  }

  @Override
  public void encode(Object message, ByteBuf out) {
    MessageCodec.encode((Message) message, out, CONTEXT);
  }
}
