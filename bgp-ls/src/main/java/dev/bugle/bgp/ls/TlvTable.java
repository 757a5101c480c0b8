package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which types of TLV are known in one place: a type code means one thing here, another there. */
final class TlvTable {

  private final Map<Integer, TlvType<?>> byCode;
  private final Map<String, TlvType<?>> byWord;

  /** What an unknown TLV is called here, before its number. */
  private final String unknown;

  private TlvTable(String unknown, List<TlvType<?>> rows) {
    this.unknown = unknown;
    this.byCode =
        rows.stream().collect(Collectors.toUnmodifiableMap(TlvType::code, Function.identity()));
    this.byWord =
        rows.stream().collect(Collectors.toUnmodifiableMap(TlvType::toString, Function.identity()));
  }

  static TlvTable of(String unknown, TlvType<?>... rows) {
    return new TlvTable(unknown, List.of(rows));
  }

  /** The rows of all of them. */
  static TlvTable joined(String unknown, List<TlvTable> tables) {
    return new TlvTable(
        unknown,
        tables.stream().flatMap(table -> table.byCode.values().stream()).distinct().toList());
  }

  /**
   * Checks that every known TLV has a length that it can have (RFC 9552 §8.2.2).
   *
   * @throws IllegalArgumentException when one has not
   */
  void check(Tlvs tlvs) {
    for (Tlv tlv : tlvs.list()) {
      TlvType<?> type = byCode.get(tlv.type());
      if (type != null && !type.fits(tlv.value())) {
        throw new IllegalArgumentException(
            type + " (TLV " + tlv.type() + ") is malformed: 0x" + tlv.value());
      }
    }
  }

  /** Also that they are in order, as within an NLRI (RFC 9552 §5.1). */
  void checkOrdered(Tlvs tlvs) {
    check(tlvs);
    if (!tlvs.isOrdered()) {
      throw new IllegalArgumentException("TLVs are not in ascending order: " + text(tlvs));
    }
  }

  Stream<TlvType<?>> typesOf(Tlvs tlvs) {
    return tlvs.list().stream().map(Tlv::type).filter(byCode::containsKey).map(byCode::get);
  }

  String text(Tlvs tlvs) {
    return tlvs.list().stream().map(this::text).collect(Collectors.joining(" "));
  }

  private String text(Tlv tlv) {
    TlvType<?> type = byCode.get(tlv.type());
    String text = type == null ? tlv.toString() : type.text(tlv);
    return text.startsWith("tlv-") ? unknown + text.substring("tlv-".length()) : text;
  }

  /** Whether a TLV of this table can begin with this word. */
  boolean knows(String word) {
    return byWord.containsKey(word) || word.matches(unknown + "[0-9]{1,5}");
  }

  /** The TLV that a known word and a value say. */
  Tlv parse(String word, String value) {
    Optional<TlvType<?>> type = Optional.ofNullable(byWord.get(word));
    if (type.isPresent()) {
      return type.get().parse(value);
    }
    if (!value.matches("0x([0-9a-fA-F]{2})*")) {
      throw new IllegalArgumentException("'" + value + "' is not 0x and octets in hexadecimal");
    }
    int code = Integer.parseInt(word.substring(unknown.length()));
    return new Tlv(code, Bytes.hex(value.substring(2)));
  }
}
