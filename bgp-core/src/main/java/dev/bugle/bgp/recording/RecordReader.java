package dev.bugle.bgp.recording;

import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Codecs;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of the pairs that {@link RecordNotation} made. A component without a pair has the
 * value that it has in the constant DEFAULT of its record, or of the record around it: it was added
 * after the recording. What cannot be read is an IllegalArgumentException.
 */
final class RecordReader {

  /** What a value is made of its text by; enums besides. */
  private static final Map<Class<?>, Function<String, Object>> VALUES =
      Map.of(
          long.class, Long::valueOf,
          int.class, Integer::valueOf,
          boolean.class, RecordReader::claim,
          String.class, text -> text,
          Duration.class, Duration::parse,
          Ipv4Address.class, Ipv4Address::parse,
          IpAddress.class, IpAddress::parse,
          AddressFamily.class, Notation::family,
          RemoteAs.class, Notation::remoteAs);

  private final Map<String, String> pairs;
  private final Codecs codecs;

  RecordReader(Map<String, String> pairs, Codecs codecs) {
    this.pairs = new LinkedHashMap<>(pairs);
    this.codecs = codecs;
  }

  <T extends Record> T read(Class<T> type) {
    return type.cast(read(type, "", null));
  }

  /** The keys that nothing was made of: they are of another version. */
  Set<String> unused() {
    return new LinkedHashSet<>(pairs.keySet());
  }

  private static Object claim(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    }
    return text.equals("true");
  }

  private Object read(Class<?> type, String prefix, @Nullable Object around) {
    Object standard = around != null ? around : standard(type);
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Object otherwise =
          standard == null ? null : RecordNotation.component((Record) standard, components[i]);
      String key = prefix + RecordNotation.key(components[i]);
      values[i] = value(components[i].getGenericType(), key, otherwise);
    }
    try {
      return type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(values);
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(refused.getTargetException().getMessage(), refused);
    } catch (ReflectiveOperationException hidden) {
      throw new IllegalStateException("cannot make a " + type, hidden);
    }
  }

  /** The constant DEFAULT of a record, if it has one. */
  private static @Nullable Object standard(Class<?> type) {
    try {
      return type.getField("DEFAULT").get(null);
    } catch (ReflectiveOperationException none) {
      return null;
    }
  }

  private Object value(Type type, String key, @Nullable Object otherwise) {
    if (type == Codecs.class) {
      return codecs;
    }
    if (type instanceof Class<?> plain && plain.isRecord() && !RecordNotation.isValue(plain)) {
      return read(plain, key + ".", otherwise);
    }
    String text = pairs.remove(key);
    if (text == null) {
      if (otherwise == null) {
        throw new IllegalArgumentException(key + " is missing");
      }
      return otherwise;
    }
    try {
      return value(type, key, text);
    } catch (RuntimeException wrong) {
      throw new IllegalArgumentException(key + "=" + text + ": " + wrong.getMessage(), wrong);
    }
  }

  private Object value(Type type, String key, String text) {
    if (!(type instanceof ParameterizedType generic)) {
      return single((Class<?>) type, text);
    }
    Type argument = generic.getActualTypeArguments()[0];
    if (generic.getRawType() == Optional.class) {
      if (text.equals(RecordNotation.NONE)) {
        return Optional.empty();
      }
      return Optional.of(
          text.equals(RecordNotation.PRESENT)
              ? read((Class<?>) argument, key + ".", null)
              : value(argument, key, text));
    }
    List<String> parts = text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    if (generic.getRawType() == List.class) {
      return parts.stream().map(part -> single((Class<?>) argument, part)).toList();
    } else if (generic.getRawType() == Set.class) {
      return parts.stream()
          .map(part -> single((Class<?>) argument, part))
          .collect(Collectors.toSet());
    } else if (generic.getRawType() == Map.class) {
      Class<?> mapped = (Class<?>) generic.getActualTypeArguments()[1];
      return parts.stream()
          .map(part -> part.split(">", 2))
          .collect(
              Collectors.toMap(
                  pair -> single((Class<?>) argument, pair[0]), pair -> single(mapped, pair[1])));
    }
    throw new IllegalArgumentException("no notation for " + type);
  }

  private static Object single(Class<?> type, String text) {
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (Notation.text((Enum<?>) constant).equals(text)) {
          return constant;
        }
      }
      throw new IllegalArgumentException("no " + type.getSimpleName() + " has this name");
    }
    Function<String, Object> reader = VALUES.get(type);
    if (reader == null) {
      throw new IllegalArgumentException("no notation for " + type);
    }
    return reader.apply(text);
  }
}
