package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.TextCursor;
import java.math.BigDecimal;
import java.util.List;

/** How the value of an extended community is written, behind the name of its kind. */
interface ExtendedForm {

  /** The 48 bits of the value. */
  long VALUE = 0xFFFF_FFFF_FFFFL;

  /** The text; empty when the value says more than the form can. */
  String print(ExtendedCommunity community);

  /** Reads to the end of the text. */
  ExtendedCommunity read(TextCursor text);

  /** Type, subtype and the 48 bits of the value. */
  static ExtendedCommunity community(int type, long value) {
    return new ExtendedCommunity((long) type << 48 | value);
  }

  /**
   * {@code 65001:7}, {@code 4200000001:7}, {@code 65001L:7} or {@code 192.0.2.1:7}: an AS of two
   * octets (RFC 4360 §3.1), of four (RFC 5668), or an address (RFC 4360 §3.2), each with a type of
   * its own.
   *
   * @param twoOctetAs type and subtype of the first of the three types
   */
  record Administered(int twoOctetAs) implements ExtendedForm {

    private static final int IPV4_ADDRESS = 0x0100;
    private static final int FOUR_OCTET_AS = 0x0200;

    /** Types and subtypes of all three. */
    List<Integer> types() {
      return List.of(twoOctetAs, twoOctetAs + IPV4_ADDRESS, twoOctetAs + FOUR_OCTET_AS);
    }

    @Override
    public String print(ExtendedCommunity community) {
      long value = community.value();
      long asn = value >>> 16 & Asn.MAX;
      return switch ((community.type() << 8 | community.subtype()) - twoOctetAs) {
        case 0 -> (value >>> 32 & 0xFFFF) + ":" + (value & 0xFFFF_FFFFL);
        case IPV4_ADDRESS -> new Ipv4Address((int) (value >>> 16)) + ":" + (value & 0xFFFF);
        default -> asn + (Asn.fitsTwoOctets(asn) ? "L:" : ":") + (value & 0xFFFF);
      };
    }

    @Override
    public ExtendedCommunity read(TextCursor text) {
      int start = text.position();
      String administrator = text.until(":");
      if (administrator.indexOf('.') != administrator.lastIndexOf('.')) {
        long address = Integer.toUnsignedLong(Ipv4Address.parse(administrator).bits());
        text.expect(':');
        return community(twoOctetAs + IPV4_ADDRESS, address << 16 | text.number(0xFFFF, ""));
      }
      text.moveTo(start);
      long asn = Asn.read(text, "L:");
      boolean four = text.skip('L') || !Asn.fitsTwoOctets(asn);
      text.expect(':');
      return four
          ? community(twoOctetAs + FOUR_OCTET_AS, asn << 16 | text.number(0xFFFF, ""))
          : community(twoOctetAs, asn << 32 | text.number(0xFFFF_FFFFL, ""));
    }
  }

  /**
   * {@code 65001:12500000}: the AS that says so, and a number of floating point (IEEE 754).
   *
   * @param type type and subtype
   */
  record Rate(int type) implements ExtendedForm {

    private static final int MAX_DIGITS = 60;

    @Override
    public String print(ExtendedCommunity community) {
      float rate = Float.intBitsToFloat((int) community.value());
      boolean isNegative = (community.value() & 0x8000_0000L) != 0;
      return isNegative || !Float.isFinite(rate)
          ? ""
          : (community.value() >>> 32 & 0xFFFF) + ":" + plain(rate);
    }

    private static String plain(float rate) {
      BigDecimal shortest = new BigDecimal(Float.toString(rate)); // that reads as the same again
      return shortest.signum() == 0 ? "0" : shortest.stripTrailingZeros().toPlainString();
    }

    @Override
    public ExtendedCommunity read(TextCursor text) {
      long asn = text.number(0xFFFF, ":");
      text.expect(':');
      int start = text.position();
      String digits = text.until("");
      boolean isNumber =
          digits.length() <= MAX_DIGITS
              && digits.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.')
              && digits.chars().filter(c -> c == '.').count() <= 1
              && digits.chars().anyMatch(c -> c != '.');
      float rate = isNumber ? Float.parseFloat(digits) : Float.NaN;
      if (!Float.isFinite(rate)) {
        throw text.faultAt(start, "is not a number like 12500000 or 0.5");
      }
      return community(type, asn << 32 | Integer.toUnsignedLong(Float.floatToIntBits(rate)));
    }
  }

  /**
   * {@code 7}: one number at the end of the value, and nothing else in it.
   *
   * @param type type and subtype
   * @param max the largest number
   */
  record PlainNumber(int type, long max) implements ExtendedForm {

    @Override
    public String print(ExtendedCommunity community) {
      long number = community.value() & VALUE;
      return number <= max ? Long.toString(number) : "";
    }

    @Override
    public ExtendedCommunity read(TextCursor text) {
      return community(type, text.number(max, ""));
    }
  }

  /**
   * One of some words, each for one value.
   *
   * @param type type and subtype
   * @param words the word of each value, from 0 on
   */
  record Words(int type, List<String> words) implements ExtendedForm {

    @Override
    public String print(ExtendedCommunity community) {
      long value = community.value() & VALUE;
      return value < words.size() ? words.get((int) value) : "";
    }

    @Override
    public ExtendedCommunity read(TextCursor text) {
      int start = text.position();
      int value = words.indexOf(text.word(""));
      if (value < 0) {
        throw text.faultAt(start, "is not one of " + String.join(" ", words));
      }
      return community(type, value);
    }
  }

  /**
   * {@code 7} or {@code sticky:7}: a number, with words before it for bits of the value.
   *
   * @param type type and subtype
   * @param words the word of each value of the first octets
   * @param wordShift where these octets begin
   * @param max the largest number
   * @param numberShift how many bits stand behind the number
   */
  record WordAndNumber(int type, List<String> words, int wordShift, long max, int numberShift)
      implements ExtendedForm {

    @Override
    public String print(ExtendedCommunity community) {
      long value = community.value() & VALUE;
      long word = value >>> wordShift;
      long number = (value & (1L << wordShift) - 1) >>> numberShift;
      boolean said = word < words.size() && number <= max;
      if (!said || (word << wordShift | number << numberShift) != value) {
        return "";
      }
      String name = words.get((int) word);
      return name.isEmpty() ? Long.toString(number) : name + ":" + number;
    }

    @Override
    public ExtendedCommunity read(TextCursor text) {
      for (int word = 0; word < words.size(); word++) {
        if (!words.get(word).isEmpty() && text.skip(words.get(word) + ":")) {
          return withNumber(word, text);
        }
      }
      if (!words.contains("")) {
        throw text.fault("one of " + String.join(" ", words) + ", and a colon");
      }
      return withNumber(words.indexOf(""), text);
    }

    private ExtendedCommunity withNumber(long word, TextCursor text) {
      return community(type, word << wordShift | text.number(max, "") << numberShift);
    }
  }

  /**
   * A tunnel type of RFC 9012 by its name or its number.
   *
   * @param type type and subtype
   */
  record Tunnel(int type) implements ExtendedForm {

    @Override
    public String print(ExtendedCommunity community) {
      long tunnelType = community.value() & VALUE;
      return tunnelType <= 0xFFFF ? TunnelType.nameOf((int) tunnelType) : "";
    }

    @Override
    public ExtendedCommunity read(TextCursor text) {
      int start = text.position();
      var named = TunnelType.named(text.word(""));
      if (named.isPresent()) {
        return community(type, named.getAsInt());
      }
      text.moveTo(start);
      return community(type, text.number(0xFFFF, ""));
    }
  }

  /**
   * {@code 02:00:5e:00:53:01}: a MAC address.
   *
   * @param type type and subtype
   */
  record MacAddress(int type) implements ExtendedForm {

    @Override
    public String print(ExtendedCommunity community) {
      StringBuilder text = new StringBuilder();
      for (int shift = 40; shift >= 0; shift -= 8) {
        text.append(text.isEmpty() ? "" : ":");
        text.append("%02x".formatted(community.value() >>> shift & 0xFF));
      }
      return text.toString();
    }

    @Override
    public ExtendedCommunity read(TextCursor text) {
      int start = text.position();
      String[] octets = text.until("").split(":", -1);
      long value = 0;
      for (String octet : octets) {
        boolean isOctet = octet.length() == 2 && octet.chars().allMatch(ExtendedForm::isHex);
        if (!isOctet || octets.length != 6) {
          throw text.faultAt(start, "is not a MAC address like 02:00:5e:00:53:01");
        }
        value = value << 8 | Integer.parseInt(octet, 16);
      }
      return community(type, value);
    }
  }

  /** Whether this is an ASCII hexadecimal digit. */
  static boolean isHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
