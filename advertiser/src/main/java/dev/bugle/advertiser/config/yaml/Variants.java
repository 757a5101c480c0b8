package dev.bugle.advertiser.config.yaml;

import dev.bugle.advertiser.config.yaml.YamlNode.Mapping;
import dev.bugle.advertiser.config.yaml.YamlNode.Scalar;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A mapping whose key {@code type} says which section it is.
 *
 * @param <T> what all of the sections become
 */
public final class Variants<T> implements Type<T> {

  /** The key that every variant's section lists among its own. */
  public static final Key<String> TYPE = Key.required("type", Types.TEXT, "Which kind this is.");

  private final String description;
  private final Map<String, Section<? extends T>> sections;
  private final Function<String, Optional<String>> whyMissing;

  /** Declares it; the map's order is the order of messages and documentation. */
  public Variants(String description, Map<String, Section<? extends T>> sections) {
    this(description, sections, type -> Optional.empty());
  }

  /**
   * Declares it where the sections are not the same in every program.
   *
   * @param whyMissing for the text of a type that is not among them: what is known of it
   */
  public Variants(
      String description,
      Map<String, Section<? extends T>> sections,
      Function<String, Optional<String>> whyMissing) {
    this.description = description;
    this.sections = sections;
    this.whyMissing = whyMissing;
  }

  /** The sections by the text of their {@code type}. */
  public Map<String, Section<? extends T>> sections() {
    return sections;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Shape shape() {
    return new Shape.Kinds(this);
  }

  /** Of the last kind, since the first ones tend to be trivial; what must be there. */
  @Override
  public Optional<String> example() {
    return sections.entrySet().stream()
        .reduce((first, second) -> second)
        .map(
            last ->
                last.getValue().keys().stream()
                    .filter(Key::isRequired)
                    .map(key -> key.name() + ": " + example(last.getKey(), key))
                    .collect(Collectors.joining(", ", "{", "}")));
  }

  /** The value of one key of a section of that kind. */
  static String example(String kind, Key<?> key) {
    return key.name().equals(TYPE.name()) ? kind : key.example().orElse("?");
  }

  @Override
  public Optional<T> read(Cursor at) {
    if (!(at.node() instanceof Mapping)) {
      at.expected(description + " with the key type: " + names());
      return Optional.empty();
    }
    Cursor type = at.child(TYPE.name());
    if (type.node() == at.node()) {
      type.fault("this key is missing; add one of: " + names());
      return Optional.empty();
    }
    Optional<String> text =
        type.node() instanceof Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
    Section<? extends T> section = text.map(sections::get).orElse(null);
    if (section == null) {
      String why = text.flatMap(whyMissing).map(known -> "; " + known).orElse("");
      type.expected("one of: " + names() + why);
      return Optional.empty();
    }
    return section.read(at).map(value -> value);
  }

  private String names() {
    return String.join(", ", sections.keySet());
  }
}
