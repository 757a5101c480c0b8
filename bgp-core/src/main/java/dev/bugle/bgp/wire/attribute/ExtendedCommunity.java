package dev.bugle.bgp.wire.attribute;

import io.netty.buffer.ByteBuf;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An extended community (RFC 4360, RFC 5668, RFC 7153): a type, a subtype and six octets of value.
 *
 * <p>Common kinds have a notation, which begins with their name; the table is in {@code
 * ExtendedNotation}. Every other kind, and what the notation of a kind cannot tell, is written as
 * its sixteen hexadecimal digits after {@code 0x}, so that nothing is lost.
 *
 * @param value the 64 bits in network order
 */
public record ExtendedCommunity(long value) implements Comparable<ExtendedCommunity> {

  private static final int HEX_LENGTH = 2 + 16;

  /**
   * Parses {@code rt:65001:7} or {@code soo:65001:7}, with a number above 65535 (also as {@code
   * 64086.59905}) or one followed by {@code L} for a four-octet AS, or an IPv4 address in the AS's
   * place; the other names with their values, such as {@code color:100}, {@code
   * encapsulation:vxlan} or {@code origin-validation:valid}; or {@code 0x} and sixteen hexadecimal
   * digits.
   *
   * @throws IllegalArgumentException saying what is wrong with the text, and where
   */
  public static ExtendedCommunity parse(String text) {
    if (isHex(text)) {
      return new ExtendedCommunity(Long.parseUnsignedLong(text.substring(2), 16));
    }
    Optional<ExtendedNotation> notation = ExtendedNotation.of(text);
    if (notation.isEmpty()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not an extended community; write it like "
              + ExtendedNotation.examples()
              + ", or 0x and 16 hexadecimal digits");
    }
    return notation.get().parse(text);
  }

  /** Whether a text begins like an extended community, though it may not be one. */
  public static boolean isNotation(String text) {
    return text.regionMatches(true, 0, "0x", 0, 2) || ExtendedNotation.of(text).isPresent();
  }

  private static boolean isHex(String text) {
    return text.length() == HEX_LENGTH
        && text.regionMatches(true, 0, "0x", 0, 2)
        && text.chars().skip(2).allMatch(ExtendedForm::isHex);
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
    String text = ExtendedNotation.print(this);
    return text.isEmpty() ? "0x" + HexFormat.of().toHexDigits(value) : text;
  }
}
