package dev.bugle.bgp.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The text inside Cease/Administrative Shutdown and Reset: a length octet and UTF-8 (RFC 9003). */
final class ShutdownCommunication {

  /** The data field of no text. */
  static final Bytes EMPTY = Bytes.ofInts(0);

  private static final int MAX_LENGTH = 255;

  private ShutdownCommunication() {}

  /** The data field for this text, cut between characters so that it fits. */
  static Bytes encode(String text) {
    ByteBuffer field = ByteBuffer.allocate(1 + MAX_LENGTH).position(1);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(text), field, true);
    int length = field.position() - 1;
    byte[] octets = new byte[1 + length];
    octets[0] = (byte) length;
    field.get(1, octets, 1, length);
    return Bytes.of(octets);
  }

  /** The text in this data field; empty when its length or its UTF-8 is wrong (RFC 9003 §3). */
  static String decode(Bytes data) {
    if (data.isEmpty() || data.octet(0) != data.length() - 1) {
      return "";
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(data.toArray(), 1, data.length() - 1))
              .toString();
      // It goes to logs and terminals: a peer must not be able to forge lines or move the cursor.
      return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", " ");
    } catch (CharacterCodingException notUtf8) {
      return "";
    }
  }
}
