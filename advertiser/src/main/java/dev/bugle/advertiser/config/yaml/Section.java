package dev.bugle.advertiser.config.yaml;

import dev.bugle.advertiser.config.yaml.YamlNode.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A mapping with known keys, read into one value.
 *
 * @param <T> what it becomes
 */
public final class Section<T> implements Type<T> {

  private final String description;
  private final List<Key<?>> keys;
  private final Function<Values, T> maker;

  /**
   * Declares it.
   *
   * @param maker makes the value once no key is faulty; it may report faults itself, and an
   *     IllegalArgumentException from it becomes a fault of the section
   */
  public Section(String description, List<Key<?>> keys, Function<Values, T> maker) {
    this.description = description;
    this.keys = List.copyOf(keys);
    this.maker = maker;
  }

  /** The keys in the order in which they are documented. */
  public List<Key<?>> keys() {
    return keys;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Shape shape() {
    return new Shape.Keys(this);
  }

  /** With what must be there; with its first key if that is nothing. */
  @Override
  public Optional<String> example() {
    boolean needsNothing = keys.stream().noneMatch(Key::isRequired);
    return Optional.of(
        keys.stream()
            .filter(key -> key.isRequired() || (needsNothing && key == keys.get(0)))
            .map(key -> key.name() + ": " + key.example().orElse("?"))
            .collect(Collectors.joining(", ", "{", "}")));
  }

  @Override
  public Optional<T> read(Cursor at) {
    int before = at.faultCount();
    Values values = readValues(at);
    if (at.faultCount() > before) {
      return Optional.empty();
    }
    try {
      T value = maker.apply(values);
      return at.faultCount() > before ? Optional.empty() : Optional.of(value);
    } catch (IllegalArgumentException e) {
      if (at.faultCount() == before) { // else it has said so itself, and where
        at.fault(String.valueOf(e.getMessage()));
      }
      return Optional.empty();
    }
  }

  /** Reads what can be read, also when some of it is faulty; nothing is made of it. */
  public Values readValues(Cursor at) {
    Values values = new Values(at);
    if (!(at.node() instanceof Mapping)) {
      at.expected(description + " with the keys " + names());
      return values;
    }
    Map<String, Cursor> entries = at.entries();
    entries.forEach((name, entry) -> refuseUnknown(name, entry));
    keys.forEach(key -> read(key, at, entries, values));
    return values;
  }

  private <T1> void read(Key<T1> key, Cursor at, Map<String, Cursor> entries, Values values) {
    Cursor entry = entries.get(key.name());
    if (entry != null) {
      key.type().read(entry).ifPresent(value -> values.put(key, value));
    } else if (key.isRequired()) {
      if (key.alternative().filter(entries::containsKey).isEmpty()) {
        at.child(key.name())
            .fault(
                "this key is missing; add "
                    + key.type().description()
                    + key.alternative().map(other -> ", or " + other).orElse(""));
      }
    } else {
      key.defaultValue().ifPresent(value -> values.put(key, value));
    }
  }

  private void refuseUnknown(String name, Cursor entry) {
    List<String> known = keys.stream().map(Key::name).toList();
    if (!known.contains(name)) {
      entry.fault(
          entry.isHopeless()
              ? "unknown key"
              : "unknown key" + Spelling.hint(name, known) + "; the keys here are " + names());
    }
  }

  private String names() {
    return String.join(", ", keys.stream().map(Key::name).toList());
  }
}
