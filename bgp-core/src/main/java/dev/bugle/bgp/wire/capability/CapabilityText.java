package dev.bugle.bgp.wire.capability;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Texts for people inside capabilities: a length octet, and UTF-8. */
final class CapabilityText {

  private CapabilityText() {}

  /** The text that comes next; empty when its length or its UTF-8 is wrong. */
  static Optional<String> read(ByteBuf in) {
    if (!in.isReadable() || in.getUnsignedByte(in.readerIndex()) >= in.readableBytes()) {
      return Optional.empty();
    }
    Bytes octets = Bytes.read(in, in.readUnsignedByte());
    String text = octets.toUtf8();
    // What is not UTF-8 would not be written as it was read.
    return Bytes.utf8(text).equals(octets) ? Optional.of(text) : Optional.empty();
  }

  static void write(String text, ByteBuf out) {
    Bytes octets = Bytes.utf8(text);
    out.writeByte(octets.length());
    octets.writeTo(out);
  }

  /** For logs and terminals: a peer must not be able to forge lines or move the cursor. */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", " ");
  }
}
