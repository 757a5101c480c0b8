package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.TextCursor;
import dev.bugle.bgp.wire.attribute.ExtendedForm.Administered;
import dev.bugle.bgp.wire.attribute.ExtendedForm.MacAddress;
import dev.bugle.bgp.wire.attribute.ExtendedForm.Rate;
import dev.bugle.bgp.wire.attribute.ExtendedForm.WordAndNumber;
import dev.bugle.bgp.wire.attribute.ExtendedForm.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The table of extended communities that have a notation (IANA, "BGP Extended Communities", RFC
 * 7153). To give one to another kind, add its row.
 *
 * @param name what the notation begins with
 * @param types type and subtype of those that it writes
 * @param form how the rest is written
 * @param example a whole one
 */
record ExtendedNotation(String name, List<Integer> types, ExtendedForm form, String example) {

  private static final List<ExtendedNotation> TABLE =
      List.of(
          administered("rt", 0x0002), // RFC 4360 §4
          administered("soo", 0x0003), // RFC 4360 §5
          administered("ospf-domain-id", 0x0005), // RFC 4577 §4.2.4
          administered("ospf-router-id", 0x0007), // RFC 4577 §4.2.7
          administered("source-as", 0x0009), // RFC 6514 §6
          administered("l2vpn-id", 0x000A), // RFC 6074 §3.1
          administered("vrf-route-import", 0x000B), // RFC 6514 §7
          administered("redirect", 0x8008), // RFC 8955 §7.4
          // The number of draft-ietf-idr-link-bandwidth: octets per second.
          row("link-bandwidth", 0x4004, new Rate(0x4004), "65001:12500000"),
          row("transitive-link-bandwidth", 0x0004, new Rate(0x0004), "65001:12500000"),
          row("traffic-rate-bytes", 0x8006, new Rate(0x8006), "65001:12500000"), // RFC 8955 §7.1
          row("traffic-rate-packets", 0x800C, new Rate(0x800C), "65001:1000"), // RFC 8955 §7.2
          row(
              "traffic-action", // RFC 8955 §7.3
              0x8007,
              new Words(0x8007, List.of("none", "terminal", "sample", "sample,terminal")),
              "sample"),
          row(
              "traffic-marking",
              0x8009,
              new ExtendedForm.PlainNumber(0x8009, 63),
              "46"), // RFC 8955 §7.5
          row(
              "color", // RFC 9012 §4.3, RFC 9256 §8.8.1: the CO bits before the color
              0x030B,
              new WordAndNumber(0x030B, List.of("", "01", "10", "11"), 46, 0xFFFF_FFFFL, 0),
              "100"),
          row("encapsulation", 0x030C, new ExtendedForm.Tunnel(0x030C), "vxlan"), // RFC 9012 §4.1
          row("default-gateway", 0x030D, new Words(0x030D, List.of("")), ""), // RFC 7432 §7.8
          row(
              "origin-validation", // RFC 8097 §2
              0x4300,
              new Words(0x4300, List.of("valid", "not-found", "invalid")),
              "valid"),
          row(
              "mac-mobility", // RFC 7432 §7.7
              0x0600,
              new WordAndNumber(0x0600, List.of("", "sticky"), 40, 0xFFFF_FFFFL, 0),
              "sticky:7"),
          row(
              "esi-label", // RFC 7432 §7.5: the label in the first 20 bits
              0x0601,
              new WordAndNumber(0x0601, List.of("all-active", "single-active"), 40, 0xF_FFFF, 4),
              "all-active:100"),
          row("es-import", 0x0602, new MacAddress(0x0602), "02:00:5e:00:53:01"), // RFC 7432 §7.6
          row("router-mac", 0x0603, new MacAddress(0x0603), "02:00:5e:00:53:01")); // RFC 9135 §8.1

  private static final Map<Integer, ExtendedNotation> BY_TYPE =
      TABLE.stream()
          .flatMap(row -> row.types.stream().map(type -> Map.entry(type, row)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final Map<String, ExtendedNotation> BY_NAME =
      TABLE.stream().collect(Collectors.toUnmodifiableMap(ExtendedNotation::name, row -> row));

  private static ExtendedNotation administered(String name, int type) {
    Administered form = new Administered(type);
    return new ExtendedNotation(name, form.types(), form, name + ":65001:7");
  }

  private static ExtendedNotation row(String name, int type, ExtendedForm form, String example) {
    return new ExtendedNotation(
        name, List.of(type), form, example.isEmpty() ? name : name + ":" + example);
  }

  /** The text of a community; empty when it has none but its digits. */
  static String print(ExtendedCommunity community) {
    ExtendedNotation row = BY_TYPE.get(community.type() << 8 | community.subtype());
    if (row == null) {
      return "";
    }
    String value = row.form.print(community);
    if (row.isOneWord()) {
      return (community.value() & ExtendedForm.VALUE) == 0 ? row.name : "";
    }
    return value.isEmpty() ? "" : row.name + ":" + value;
  }

  /** The row whose name this text begins with, in any case. */
  static Optional<ExtendedNotation> of(String text) {
    return Optional.ofNullable(BY_NAME.get(new TextCursor(text).word(":")));
  }

  /** An example of each row. */
  static String examples() {
    return TABLE.stream().map(ExtendedNotation::example).collect(Collectors.joining(", "));
  }

  /** The community that this text means; it begins with the name. */
  ExtendedCommunity parse(String text) {
    TextCursor cursor = new TextCursor(text);
    cursor.skip(name);
    try {
      if (isOneWord()) {
        cursor.expectEnd();
      } else {
        cursor.expect(':');
      }
      return form.read(cursor);
    } catch (IllegalArgumentException fault) {
      throw new IllegalArgumentException(fault.getMessage() + "; write it like " + example, fault);
    }
  }

  private boolean isOneWord() {
    return example.equals(name);
  }
}
