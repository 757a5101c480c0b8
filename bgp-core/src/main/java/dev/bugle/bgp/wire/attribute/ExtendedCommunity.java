package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * An extended community (RFC 4360, RFC 5668): a type, a subtype and six octets of value.
 *
 * <p>Route targets and sites of origin have a notation; every other kind is written as its sixteen
 * hexadecimal digits after {@code 0x}, so that nothing is lost.
 *
 * @param value the 64 bits in network order
 */
public record ExtendedCommunity(long value) implements Comparable<ExtendedCommunity> {

  private static final int TWO_OCTET_AS = 0x00;
  private static final int IPV4_ADDRESS = 0x01;
  private static final int FOUR_OCTET_AS = 0x02;

  private static final Map<String, Integer> SUBTYPES = Map.of("rt", 0x02, "soo", 0x03);

  /**
   * Parses {@code rt:65001:7} or {@code soo:65001:7}, with a number above 65535 or one followed by
   * {@code L} for a four-octet AS, or an IPv4 address in the AS's place; or {@code 0x} and sixteen
   * hexadecimal digits.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static ExtendedCommunity parse(String text) {
    if (text.matches("0[xX][0-9a-fA-F]{16}")) {
      return new ExtendedCommunity(Long.parseUnsignedLong(text.substring(2), 16));
    }
    String[] parts = text.split(":", -1);
    Integer subtype = SUBTYPES.get(parts[0].toLowerCase(Locale.ROOT));
    if (parts.length != 3 || subtype == null) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not an extended community; write it like rt:65001:7, soo:65001:7 or"
              + " 0x and 16 hexadecimal digits");
    }
    String administrator = parts[1];
    if (administrator.indexOf('.') >= 0) {
      return of(
          IPV4_ADDRESS,
          subtype,
          Integer.toUnsignedLong(Ipv4Address.parse(administrator).bits()),
          CommunityText.number(parts[2], 0xFFFF, text));
    }
    boolean marked = administrator.endsWith("L");
    long asn =
        CommunityText.number(
            marked ? administrator.substring(0, administrator.length() - 1) : administrator,
            Asn.MAX,
            text);
    if (marked || !Asn.fitsTwoOctets(asn)) {
      return of(FOUR_OCTET_AS, subtype, asn, CommunityText.number(parts[2], 0xFFFF, text));
    }
    return of(TWO_OCTET_AS, subtype, asn, CommunityText.number(parts[2], 0xFFFF_FFFFL, text));
  }

  private static ExtendedCommunity of(int type, int subtype, long administrator, long local) {
    int localBits = type == TWO_OCTET_AS ? 32 : 16;
    return new ExtendedCommunity(
        (long) type << 56 | (long) subtype << 48 | administrator << localBits | local);
  }

  static ExtendedCommunity decode(ByteBuf in) {
    return new ExtendedCommunity(in.readLong());
  }

  void encode(ByteBuf out) {
    out.writeLong(value);
  }

  /** The high octet of the type field. */
  public int type() {
    return (int) (value >>> 56);
  }

  /** The low octet of the type field. */
  public int subtype() {
    return (int) (value >>> 48 & 0xFF);
  }

  /** Whether it crosses AS borders (RFC 4360 §2). */
  public boolean isTransitive() {
    return (type() & 0x40) == 0;
  }

  @Override
  public int compareTo(ExtendedCommunity other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** The notation that {@link #parse} reads. */
  @Override
  public String toString() {
    String raw = "0x" + HexFormat.of().toHexDigits(value);
    String name = subtype() == 0x02 ? "rt:" : subtype() == 0x03 ? "soo:" : "";
    if (name.isEmpty()) {
      return raw;
    }
    long asn = value >>> 16 & Asn.MAX;
    return switch (type()) {
      case TWO_OCTET_AS -> name + (value >>> 32 & 0xFFFF) + ":" + (value & 0xFFFF_FFFFL);
      case IPV4_ADDRESS -> name + new Ipv4Address((int) (value >>> 16)) + ":" + (value & 0xFFFF);
      case FOUR_OCTET_AS -> name + asn + (Asn.fitsTwoOctets(asn) ? "L:" : ":") + (value & 0xFFFF);
      default -> raw;
    };
  }
}
