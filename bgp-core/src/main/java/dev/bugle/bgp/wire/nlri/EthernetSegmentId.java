package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/**
 * An Ethernet Segment Identifier (RFC 7432 §5): which links of several routers lead to one site.
 *
 * @param octets ten; the first is the type
 */
public record EthernetSegmentId(Bytes octets) {

  /** Octets on the wire. */
  static final int LENGTH = 10;

  /** No segment: the site has one link. */
  public static final EthernetSegmentId ZERO = new EthernetSegmentId(Bytes.of(new byte[LENGTH]));

  /** Checks the length. */
  public EthernetSegmentId {
    if (octets.length() != LENGTH) {
      throw new IllegalArgumentException(
          "an Ethernet segment identifier has 10 octets, not " + octets.length());
    }
  }

  /**
   * Parses {@code 0} for none, or ten octets like {@code 03:02:00:5e:00:53:01:00:00:07}.
   *
   * @throws IllegalArgumentException naming the text
   */
  public static EthernetSegmentId parse(String text) {
    if (text.equals("0")) {
      return ZERO;
    }
    if (!text.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){9}")) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not an Ethernet segment identifier; write 0, or ten octets like"
              + " 03:02:00:5e:00:53:01:00:00:07");
    }
    return new EthernetSegmentId(Bytes.hex(text.replace(":", "")));
  }

  /** The caller has checked that the octets are there. */
  static EthernetSegmentId decode(ByteBuf in) {
    return new EthernetSegmentId(Bytes.read(in, LENGTH));
  }

  void encode(ByteBuf out) {
    octets.writeTo(out);
  }

  /** How the identifier was made, 0 to 255; 0 to 5 are defined. */
  public int type() {
    return octets.octet(0);
  }

  /**
   * What the octets say by their type: like {@code LACP 02:00:5e:00:53:01 key 7}, or {@code AS
   * 65001 discriminator 7}.
   */
  public String description() {
    ByteBuf in = Unpooled.wrappedBuffer(octets.toArray()).skipBytes(1);
    return switch (type()) {
      case 0 -> equals(ZERO) ? "single-homed" : "by the operator";
      case 1 -> "LACP " + MacAddress.decode(in) + " key " + in.readUnsignedShort();
      case 2 -> "bridge " + MacAddress.decode(in) + " root priority " + in.readUnsignedShort();
      case 3 -> "MAC " + MacAddress.decode(in) + " discriminator " + in.readUnsignedMedium();
      case 4 -> "router " + new Ipv4Address(in.readInt()) + discriminator(in);
      case 5 -> "AS " + in.readUnsignedInt() + discriminator(in);
      default -> "type " + type();
    };
  }

  private static String discriminator(ByteBuf in) {
    return " discriminator " + in.readUnsignedInt();
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    return equals(ZERO) ? "0" : HexFormat.ofDelimiter(":").formatHex(octets.toArray());
  }
}
