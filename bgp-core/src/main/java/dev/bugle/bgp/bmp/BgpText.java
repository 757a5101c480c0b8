package dev.bugle.bgp.bmp;

import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.message.MessageCodec;
import dev.bugle.bgp.wire.nlri.Families;
import io.netty.buffer.Unpooled;

/** BGP messages inside of BMP, for people. */
final class BgpText {

  private BgpText() {}

  /** What the message says, or its octets where it cannot be read without the OPENs. */
  static String of(Bytes message, boolean fourOctetAs) {
    CodecContext context =
        CodecContext.INITIAL
            .withFourOctetAs(fourOctetAs)
            .withExternal(false)
            .withNlriCodecs(Families.ALL);
    try {
      return MessageCodec.decodeNext(Unpooled.wrappedBuffer(message.toArray()), context)
          .map(Object::toString)
          .orElseGet(message::toString);
    } catch (BgpException fault) {
      return message.toString();
    }
  }
}
