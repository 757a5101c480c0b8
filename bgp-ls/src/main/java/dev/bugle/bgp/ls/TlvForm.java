package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the value of a TLV stands on the wire, and in texts.
 *
 * @param fits whether the length can be right; one that cannot makes what is around it malformed
 * @param reader makes a value of octets that fit; null, octets left and any RuntimeException say
 *     that it cannot, which harms nothing but this value
 * @param writer the other way
 * @param parser of a text without blanks
 */
record TlvForm<T>(
    Predicate<Bytes> fits, Reader<T> reader, Writer<T> writer, Function<String, T> parser) {

  /** Reads exactly the value. */
  @FunctionalInterface
  interface Reader<T> {
    @Nullable T read(ByteBuf in);
  }

  /** Appends the value. */
  @FunctionalInterface
  interface Writer<T> {
    void write(T value, ByteBuf out);
  }

  /** One that is never part of a text to parse. */
  static <T> TlvForm<T> of(Predicate<Bytes> fits, Reader<T> reader, Writer<T> writer) {
    return new TlvForm<>(
        fits,
        reader,
        writer,
        text -> {
          throw new IllegalArgumentException("'" + text + "' cannot be read from a text");
        });
  }

  TlvForm<T> parsedBy(Function<String, T> newParser) {
    return new TlvForm<>(fits, reader, writer, newParser);
  }

  static Predicate<Bytes> any() {
    return value -> true;
  }

  static Predicate<Bytes> exactly(int octets) {
    return value -> value.length() == octets;
  }

  static Predicate<Bytes> between(int fewest, int most) {
    return value -> value.length() >= fewest && value.length() <= most;
  }

  static Predicate<Bytes> either(int one, int other) {
    return value -> value.length() == one || value.length() == other;
  }

  static Predicate<Bytes> multipleOf(int octets) {
    return value -> value.length() % octets == 0;
  }
}
