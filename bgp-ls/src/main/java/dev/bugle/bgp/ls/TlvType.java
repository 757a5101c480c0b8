package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is known of a type of TLV: a row in the tables {@link Descriptor}, {@link NodeTlv}, {@link
 * LinkTlv} and {@link PrefixTlv}.
 *
 * @param <T> what one of them says
 */
public final class TlvType<T> {

  private final int code;
  private final String word;
  private final TlvForm<T> form;

  TlvType(int code, String word, TlvForm<T> form) {
    this.code = code;
    this.word = word;
    this.form = form;
  }

  /** The type code, 0 to 65535. */
  public int code() {
    return code;
  }

  /**
   * The TLV that says this.
   *
   * @throws IllegalArgumentException when the value has no form on the wire
   */
  public Tlv of(T value) {
    ByteBuf out = Unpooled.buffer();
    form.writer().write(value, out);
    Bytes octets = Bytes.readAll(out);
    if (!fits(octets) || !value(octets).equals(Optional.of(value))) {
      throw new IllegalArgumentException(
          text(value) + " cannot be written as " + word + ": it would be 0x" + octets);
    }
    return new Tlv(code, octets);
  }

  /** Whether the length is one that a value of this type can have. */
  boolean fits(Bytes octets) {
    return form.fits().test(octets);
  }

  /**
   * What the octets say. Whatever the reader does with them, nothing leaves here but that it can
   * not read them: the contents of a TLV make nothing malformed (RFC 9552 §8.2.2).
   */
  Optional<T> value(Bytes octets) {
    if (!fits(octets)) {
      return Optional.empty();
    }
    ByteBuf in = Unpooled.wrappedBuffer(octets.toArray());
    T value;
    try {
      value = form.reader().read(in);
    } catch (RuntimeException unreadable) { // parsers that are not ours throw all kinds of them
      return Optional.empty();
    }
    return value == null || in.isReadable() ? Optional.empty() : Optional.of(value);
  }

  Tlv parse(String text) {
    return of(form.parser().apply(text));
  }

  /** The word and the value, or the number and the octets where they cannot be read. */
  String text(Tlv tlv) {
    return value(tlv.value()).map(value -> word + " " + text(value)).orElseGet(tlv::toString);
  }

  private static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.isEmpty()
          ? "none"
          : list.stream().map(TlvType::text).collect(Collectors.joining(","));
    }
    return value instanceof String text ? quoted(text) : value.toString();
  }

  /** A peer chooses the characters: none may end the line or pass for something else. */
  private static String quoted(String text) {
    StringBuilder safe = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                safe.append('\\').append((char) c);
              } else if (c >= ' ' && c < 0x7F) {
                safe.append((char) c);
              } else {
                safe.append("\\u%04x".formatted(c));
              }
            });
    return safe.append('"').toString();
  }

  /** The word by which texts name it. */
  @Override
  public String toString() {
    return word;
  }
}
