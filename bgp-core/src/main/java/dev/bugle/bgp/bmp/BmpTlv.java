package dev.bugle.bgp.bmp;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of information with its type (RFC 7854 §4.4). What the type means depends on the message.
 *
 * @param type 0 to 65535
 * @param value 0 to 65535 octets
 */
public record BmpTlv(int type, Bytes value) {

  /** Checks the range and the length. */
  public BmpTlv {
    if (type < 0 || type > 0xFFFF || value.length() > 0xFFFF) {
      throw new IllegalArgumentException(
          "a TLV of type " + type + " with " + value.length() + " octets: at most 65535 of either");
    }
  }

  /** One that holds a text, in UTF-8. */
  public static BmpTlv text(int type, String text) {
    return new BmpTlv(type, Bytes.utf8(text));
  }

  static List<BmpTlv> decodeAll(BmpFields fields) throws MalformedBmpException {
    List<BmpTlv> all = new ArrayList<>();
    while (!fields.atEnd()) {
      int type = fields.twoOctets("the type of a TLV");
      int length = fields.twoOctets("the length of a TLV");
      all.add(new BmpTlv(type, fields.octets(length, "a TLV of type " + type)));
    }
    return all;
  }

  static void encodeAll(List<BmpTlv> all, ByteBuf out) {
    for (BmpTlv one : all) {
      out.writeShort(one.type()).writeShort(one.value().length());
      one.value().writeTo(out);
    }
  }

  /** Like {@code 2: 726f75746572}: the type and the octets. */
  @Override
  public String toString() {
    return type + ": " + value;
  }
}
