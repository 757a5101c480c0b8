package dev.bugle.bgp.recording;

import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Codecs;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.message.Message;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Records as pairs of a key and a value, one for each component: those of a record within it have
 * its key and a dot before theirs. So a component that is added is recorded without a change here.
 * {@link RecordReader} makes a record of such pairs.
 */
final class RecordNotation {

  /** The value of an empty Optional. */
  static final String NONE = "none";

  /** The value of an Optional that holds a record, whose pairs follow. */
  static final String PRESENT = "present";

  private RecordNotation() {}

  static Map<String, String> pairs(Record record) {
    Map<String, String> pairs = new LinkedHashMap<>();
    flatten("", record, pairs);
    return pairs;
  }

  /** Whether a record stands as one value. */
  static boolean isValue(Class<?> type) {
    return type == AddressFamily.class
        || RemoteAs.class.isAssignableFrom(type)
        || IpAddress.class.isAssignableFrom(type)
        || Message.class.isAssignableFrom(type);
  }

  /** {@code hold-time} for holdTime. */
  static String key(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static void flatten(String prefix, Record record, Map<String, String> pairs) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      add(prefix + key(component), component(record, component), pairs);
    }
  }

  private static void add(String key, Object value, Map<String, String> pairs) {
    if (value instanceof Codecs) {
      return; // code; whoever replays brings it
    }
    if (value instanceof Record inner && !isValue(inner.getClass())) {
      flatten(key + ".", inner, pairs);
    } else if (value instanceof Optional<?> optional
        && optional.isPresent()
        && optional.get() instanceof Record inner
        && !isValue(inner.getClass())) {
      pairs.put(key, PRESENT);
      flatten(key + ".", inner, pairs);
    } else {
      pairs.put(key, text(value));
    }
  }

  static Object component(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException hidden) {
      throw new IllegalStateException("cannot read " + component, hidden);
    }
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(RecordNotation::text).orElse(NONE);
    } else if (value instanceof List<?> list) {
      return list.stream().map(RecordNotation::text).collect(Collectors.joining(","));
    } else if (value instanceof Collection<?> set) { // whose order is another in each JVM
      return set.stream().map(RecordNotation::text).sorted().collect(Collectors.joining(","));
    } else if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> text(entry.getKey()) + ">" + text(entry.getValue()))
          .sorted()
          .collect(Collectors.joining(","));
    } else if (value instanceof RemoteAs remoteAs) {
      return Notation.remoteAsText(remoteAs);
    } else if (value instanceof Enum<?> constant) {
      return Notation.text(constant);
    }
    return value.toString();
  }
}
