package dev.bugle.advertiser.json;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A JSON value (RFC 8259). Its text is that of {@link JsonText#write}. */
public sealed interface Json {

  /** A string. */
  record Text(String value) implements Json {
    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  /** A number without a fraction. */
  record Whole(long value) implements Json {
    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  /** A number with a fraction; finite. */
  record Decimal(double value) implements Json {
    /** Checks that JSON can say it. */
    public Decimal {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("JSON has no word for " + value);
      }
    }

    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  /** True or false. */
  record Flag(boolean value) implements Json {
    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  /** {@code null}. */
  enum Nothing implements Json {
    /** The only one. */
    NULL;

    @Override
    public String toString() {
      return "null";
    }
  }

  /** An array. */
  record Items(List<Json> values) implements Json {
    /** Copies the list. */
    public Items {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  /** An object; the map's order is that of the text. */
  record Fields(Map<String, Json> values) implements Json {
    /** Copies the map. */
    public Fields {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  /** An object in the making. Not thread-safe. */
  final class Builder {
    private final Map<String, Json> values = new LinkedHashMap<>();

    private Builder() {}

    /** Adds a field. */
    public Builder put(String name, Json value) {
      if (values.put(name, value) != null) {
        throw new IllegalArgumentException("the field " + name + " is there twice");
      }
      return this;
    }

    /** Adds a string. */
    public Builder put(String name, String value) {
      return put(name, new Text(value));
    }

    /** Adds a number. */
    public Builder put(String name, long value) {
      return put(name, new Whole(value));
    }

    /** Adds true or false. */
    public Builder put(String name, boolean value) {
      return put(name, new Flag(value));
    }

    /** Adds the field if there is something to say. */
    public <T> Builder put(String name, Optional<T> value, Function<T, Json> form) {
      value.ifPresent(there -> put(name, form.apply(there)));
      return this;
    }

    /** The object so far. */
    public Fields build() {
      return new Fields(values);
    }
  }

  /** An object with no fields yet. */
  static Builder object() {
    return new Builder();
  }

  /** An array. */
  static Items list(Collection<? extends Json> values) {
    return new Items(List.copyOf(values));
  }

  /** An array of what becomes of each value. */
  static <T> Items list(Collection<T> values, Function<? super T, ? extends Json> form) {
    return new Items(values.stream().<Json>map(form).toList());
  }

  /** A string. */
  static Json of(String value) {
    return new Text(value);
  }

  /** A number. */
  static Json of(long value) {
    return new Whole(value);
  }

  /** A number. */
  static Json of(double value) {
    return new Decimal(value);
  }

  /** True or false. */
  static Json of(boolean value) {
    return new Flag(value);
  }

  /** The value of a field; empty if there is none, or this is no object. */
  default Optional<Json> find(String field) {
    return this instanceof Fields fields
        ? Optional.ofNullable(fields.values().get(field))
        : Optional.empty();
  }

  /** The items; none if this is no array. */
  default List<Json> items() {
    return this instanceof Items items ? items.values() : List.of();
  }

  /** The string, if it is one. */
  default Optional<String> text() {
    return this instanceof Text text ? Optional.of(text.value()) : Optional.empty();
  }

  /** The whole number, if it is one. */
  default Optional<Long> whole() {
    return this instanceof Whole whole ? Optional.of(whole.value()) : Optional.empty();
  }

  /** True or false, if it is one of them. */
  default Optional<Boolean> flag() {
    return this instanceof Flag flag ? Optional.of(flag.value()) : Optional.empty();
  }
}
