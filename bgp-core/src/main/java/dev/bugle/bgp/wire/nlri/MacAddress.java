package dev.bugle.bgp.wire.nlri;

import io.netty.buffer.ByteBuf;
import java.util.HexFormat;

/**
 * An Ethernet address.
 *
 * @param bits the 48 bits in network order
 */
public record MacAddress(long bits) {

  /** Octets on the wire. */
  static final int LENGTH = 6;

  /** Checks the range. */
  public MacAddress {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException("a MAC address has 48 bits");
    }
  }

  /**
   * Parses {@code 02:00:5e:00:53:01}.
   *
   * @throws IllegalArgumentException naming the text
   */
  public static MacAddress parse(String text) {
    if (!text.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a MAC address; write it like 02:00:5e:00:53:01");
    }
    return new MacAddress(HexFormat.fromHexDigitsToLong(text.replace(":", "")));
  }

  /** The caller has checked that the octets are there. */
  static MacAddress decode(ByteBuf in) {
    return new MacAddress((long) in.readUnsignedShort() << 32 | in.readUnsignedInt());
  }

  void encode(ByteBuf out) {
    out.writeShort((int) (bits >>> 32));
    out.writeInt((int) bits);
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(bits, 12).replaceAll("..(?!$)", "$0:");
  }
}
