package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import java.util.HexFormat;

/**
 * What makes equal prefixes of different VPNs different (RFC 4364 §4.2): a type and six octets.
 *
 * @param value the 64 bits in network order
 */
public record RouteDistinguisher(long value) {

  /** Octets on the wire. */
  static final int LENGTH = 8;

  private static final int TWO_OCTET_AS = 0;
  private static final int IPV4_ADDRESS = 1;
  private static final int FOUR_OCTET_AS = 2;

  /**
   * Parses {@code 65001:100} (type 0), {@code 192.0.2.1:100} (type 1), {@code 4200000001:100} or
   * {@code 65001L:100} (type 2), or {@code 0x} and sixteen hexadecimal digits.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static RouteDistinguisher parse(String text) {
    if (text.matches("0[xX][0-9a-fA-F]{16}")) {
      return new RouteDistinguisher(Long.parseUnsignedLong(text.substring(2), 16));
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a route distinguisher; write it like 65001:100, 192.0.2.1:100 or"
              + " 4200000001:100");
    }
    String administrator = text.substring(0, colon);
    String assigned = text.substring(colon + 1);
    if (administrator.indexOf('.') >= 0) {
      long address = Integer.toUnsignedLong(Ipv4Address.parse(administrator).bits());
      return of(IPV4_ADDRESS, address, Words.number(0xFFFF).apply(assigned));
    }
    boolean marked = administrator.endsWith("L");
    String digits = marked ? administrator.substring(0, administrator.length() - 1) : administrator;
    long asn = Words.number(Asn.MAX).apply(digits);
    return marked || !Asn.fitsTwoOctets(asn)
        ? of(FOUR_OCTET_AS, asn, Words.number(0xFFFF).apply(assigned))
        : of(TWO_OCTET_AS, asn, Words.number(0xFFFF_FFFFL).apply(assigned));
  }

  private static RouteDistinguisher of(int type, long administrator, long assigned) {
    int assignedBits = type == TWO_OCTET_AS ? 32 : 16;
    return new RouteDistinguisher((long) type << 48 | administrator << assignedBits | assigned);
  }

  /** The caller has checked that the octets are there. */
  static RouteDistinguisher decode(ByteBuf in) {
    return new RouteDistinguisher(in.readLong());
  }

  void encode(ByteBuf out) {
    out.writeLong(value);
  }

  /** The type field, 0 to 65535; 0, 1 and 2 are defined. */
  public int type() {
    return (int) (value >>> 48);
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    long asn = value >>> 16 & Asn.MAX;
    return switch (type()) {
      case TWO_OCTET_AS -> (value >>> 32 & 0xFFFF) + ":" + (value & 0xFFFF_FFFFL);
      case IPV4_ADDRESS -> new Ipv4Address((int) (value >>> 16)) + ":" + (value & 0xFFFF);
      case FOUR_OCTET_AS -> asn + (Asn.fitsTwoOctets(asn) ? "L:" : ":") + (value & 0xFFFF);
      default -> "0x" + HexFormat.of().toHexDigits(value);
    };
  }
}
