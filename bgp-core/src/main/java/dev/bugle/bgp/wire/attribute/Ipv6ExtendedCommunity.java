package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.TextCursor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An IPv6 address specific extended community (RFC 5701): a type and a subtype, an address and a
 * number that its owner gives a meaning.
 *
 * <p>Common kinds are written like {@code rt:[2001:db8::1]:7}, every other as its forty hexadecimal
 * digits after {@code 0x}.
 *
 * @param type type and subtype, 0 to 65535
 * @param globalAdministrator the address
 * @param localAdministrator the number, 0 to 65535
 */
public record Ipv6ExtendedCommunity(
    int type, Ipv6Address globalAdministrator, int localAdministrator) {

  /** Octets of one on the wire. */
  static final int LENGTH = 20;

  /** IANA, "Transitive IPv6-Address-Specific Extended Community Types". */
  private static final Map<String, Integer> TYPES =
      Map.of(
          "rt", 0x0002, // RFC 5701 §3
          "soo", 0x0003, // RFC 5701 §3
          "vrf-route-import", 0x000B, // RFC 6515 §6
          "redirect", 0x000D); // RFC 8956 §6.1

  private static final Map<Integer, String> NAMES =
      TYPES.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  /** Checks the ranges. */
  public Ipv6ExtendedCommunity {
    if (type < 0 || type > 0xFFFF || localAdministrator < 0 || localAdministrator > 0xFFFF) {
      throw new IllegalArgumentException(
          "type " + type + " with number " + localAdministrator + ": both are 0 to 65535");
    }
  }

  /**
   * Parses {@code rt:[2001:db8::1]:7}, {@code soo:}, {@code vrf-route-import:} and {@code
   * redirect:} likewise, or {@code 0x} and forty hexadecimal digits.
   *
   * @throws IllegalArgumentException saying what is wrong with the text, and where
   */
  public static Ipv6ExtendedCommunity parse(String text) {
    if (isHex(text)) {
      ByteBuf octets = Unpooled.wrappedBuffer(Bytes.hex(text.substring(2)).toArray());
      return decode(octets);
    }
    TextCursor cursor = new TextCursor(text);
    Integer type = TYPES.get(cursor.word(":"));
    if (type == null) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not an IPv6 extended community; write it like rt:[2001:db8::1]:7, with one of"
              + " "
              + TYPES.keySet().stream().sorted().collect(Collectors.joining(", "))
              + ", or 0x and 40 hexadecimal digits");
    }
    cursor.expect(':');
    cursor.expect('[');
    Ipv6Address address = Ipv6Address.parse(cursor.until("]"));
    cursor.expect(']');
    cursor.expect(':');
    return new Ipv6ExtendedCommunity(type, address, (int) cursor.number(0xFFFF, ""));
  }

  private static boolean isHex(String text) {
    return text.length() == 2 + 2 * LENGTH
        && text.regionMatches(true, 0, "0x", 0, 2)
        && text.chars().skip(2).allMatch(ExtendedForm::isHex);
  }

  static Ipv6ExtendedCommunity decode(ByteBuf in) {
    return new Ipv6ExtendedCommunity(
        in.readUnsignedShort(),
        new Ipv6Address(in.readLong(), in.readLong()),
        in.readUnsignedShort());
  }

  void encode(ByteBuf out) {
    out.writeShort(type);
    globalAdministrator.writeTo(out);
    out.writeShort(localAdministrator);
  }

  /** Whether it crosses AS borders (RFC 4360 §2). */
  public boolean isTransitive() {
    return (type & 0x4000) == 0;
  }

  /** The notation that {@link #parse} reads. */
  @Override
  public String toString() {
    String name = NAMES.get(type);
    if (name != null) {
      return name + ":[" + globalAdministrator + "]:" + localAdministrator;
    }
    ByteBuf octets = Unpooled.buffer(LENGTH);
    encode(octets);
    return "0x" + Bytes.readAll(octets);
  }
}
