package dev.bugle.benchmarks.codec;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One codec; used by one thread. */
interface Contender {

  /** By the name that the report gives them. */
  Map<String, Supplier<Contender>> ALL =
      new TreeMap<>(
          Map.of(
              BgpCoreContender.NAME,
              BgpCoreContender::new,
              BgpcepContender.NAME,
              BgpcepContender::new));

  /** A new one of this name. */
  static Contender named(String name) {
    Supplier<Contender> known = ALL.get(name);
    if (known == null) {
      throw new IllegalArgumentException(
          "there is no codec '" + name + "'; known are " + ALL.keySet());
    }
    return known.get();
  }

  /** Reads the message at the front of the stream; its objects. */
  Object decode(ByteBuf stream);

  /** Appends a message that {@link #decode} has read. */
  void encode(Object message, ByteBuf out);
}
