package dev.bugle.advertiser.config.yaml;

import dev.bugle.advertiser.config.yaml.YamlNode.Scalar;
import java.util.Optional;

/**
 * One key of a {@link Section}, declared once.
 *
 * @param <T> what its value becomes
 */
public final class Key<T> {

  private final String name;
  private final Type<T> type;
  private final boolean required;
  private final Optional<String> defaultText;
  private final String documentation;
  private Optional<String> alternative = Optional.empty();
  private Optional<String> example = Optional.empty();

  private Key(String name, Type<T> type, boolean required, String documentation) {
    this(name, type, required, Optional.empty(), documentation);
  }

  private Key(
      String name,
      Type<T> type,
      boolean required,
      Optional<String> defaultText,
      String documentation) {
    this.name = name;
    this.type = type;
    this.required = required;
    this.defaultText = defaultText;
    this.documentation = documentation;
  }

  /** A key that must be there. */
  public static <T> Key<T> required(String name, Type<T> type, String documentation) {
    return new Key<>(name, type, true, documentation);
  }

  /** A key that must be there, unless that other one is. */
  public static <T> Key<T> requiredUnless(
      String other, String name, Type<T> type, String documentation) {
    Key<T> key = required(name, type, documentation);
    key.alternative = Optional.of(other);
    return key;
  }

  /** A key that may be left out. */
  public static <T> Key<T> optional(String name, Type<T> type, String documentation) {
    return new Key<>(name, type, false, documentation);
  }

  /** A key that may be left out, and then counts as written with this text. */
  public static <T> Key<T> withDefault(
      String name, Type<T> type, String defaultText, String documentation) {
    return new Key<>(name, type, false, Optional.of(defaultText), documentation);
  }

  /** The same key, documented with that value, in the notation of the file on one line. */
  public Key<T> example(String text) {
    Key<T> key = new Key<>(name, type, required, defaultText, documentation);
    key.alternative = alternative;
    key.example = Optional.of(text);
    return key;
  }

  /** The name in the file. */
  public String name() {
    return name;
  }

  /** How its value is read. */
  public Type<T> type() {
    return type;
  }

  /** Whether it must be there, or its alternative. */
  public boolean isRequired() {
    return required;
  }

  /** The key that may be there instead. */
  public Optional<String> alternative() {
    return alternative;
  }

  /** What it counts as when it is left out, in the notation of the file. */
  public Optional<String> defaultText() {
    return defaultText;
  }

  /** What it is for, as a sentence. */
  public String documentation() {
    return documentation;
  }

  /** A value in the notation of the file: its own, or else its default, or else its type's. */
  public Optional<String> example() {
    return example.or(() -> defaultText).or(type::example);
  }

  /** The default as a value, read by the type itself. */
  Optional<T> defaultValue() {
    return defaultText.map(
        text -> {
          Faults faults = new Faults("default of " + name);
          return type.read(
                  Cursor.root(new Scalar(new Place("default of " + name, 0), text, true), faults))
              .orElseThrow(() -> new IllegalStateException(faults.sorted().toString()));
        });
  }
}
