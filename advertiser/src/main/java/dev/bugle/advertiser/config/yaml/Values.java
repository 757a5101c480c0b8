package dev.bugle.advertiser.config.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a {@link Section} read: a typed value for each of its keys that has one. */
public final class Values {

  private final Cursor section;
  private final Map<Key<?>, Object> values = new HashMap<>();

  Values(Cursor section) {
    this.section = section;
  }

  <T> void put(Key<T> key, T value) {
    values.put(key, value);
  }

  /** The value of a key; empty when it was left out, or was faulty. */
  @SuppressWarnings("unchecked") // put() pairs a Key<T> with a T
  public <T> Optional<T> find(Key<T> key) {
    return Optional.ofNullable((T) values.get(key));
  }

  /** The value of a key that is required or has a default, in a section without faults. */
  public <T> T get(Key<T> key) {
    return find(key).orElseThrow(() -> new IllegalStateException("no value for " + key.name()));
  }

  /** Where the key's value is, also a faulty one; empty when the key was left out. */
  public Optional<Cursor> written(Key<?> key) {
    return section.entry(key.name());
  }

  /** Where the key's value is, for faults that are found later. */
  public Cursor at(Key<?> key) {
    return section.child(key.name());
  }
}
