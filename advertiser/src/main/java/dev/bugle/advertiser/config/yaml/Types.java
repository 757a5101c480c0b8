package dev.bugle.advertiser.config.yaml;

import dev.bugle.advertiser.config.yaml.YamlNode.Mapping;
import dev.bugle.advertiser.config.yaml.YamlNode.Scalar;
import dev.bugle.advertiser.config.yaml.YamlNode.Sequence;
import dev.bugle.advertiser.time.DurationText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The types that are not about any protocol. */
public final class Types {

  /** Text of one line. */
  public static final Type<String> TEXT =
      shown("node-1", scalar("text of one line", text -> oneLine(text)));

  /** {@code true} or {@code false}. */
  public static final Type<Boolean> FLAG =
      shown(
          "true",
          scalar(
              "true or false",
              text -> {
                if (text.equals("true") || text.equals("false")) {
                  return text.equals("true");
                }
                throw new IllegalArgumentException(
                    "found " + Quoted.of(text) + "; expected true or false");
              }));

  /** A path of the file system; a relative one counts from the working directory. */
  public static final Type<Path> PATH = scalar("a path such as /run/bugle/vip.lock", Types::path);

  private Types() {}

  /** A whole number in decimal digits, from {@code min} to {@code max}. */
  public static Type<Long> number(String description, long min, long max) {
    String range = description + ", " + min + " to " + max;
    long example = LongStream.of(100, 10).filter(n -> n >= min && n <= max).findFirst().orElse(min);
    return shown(
        String.valueOf(example),
        scalar(
            range,
            text -> {
              if (text.matches("-?(0|[1-9][0-9]{0,17})")) {
                long value = Long.parseLong(text);
                if (value >= min && value <= max) {
                  return value;
                }
              }
              throw new IllegalArgumentException(
                  "found " + Quoted.of(text) + "; expected " + range);
            }));
  }

  /** A duration such as {@code 9s} or {@code 500ms}, from {@code min} to {@code max}. */
  public static Type<Duration> duration(Duration min, Duration max) {
    String range = "a duration, " + DurationText.of(min) + " to " + DurationText.of(max);
    Duration example =
        Stream.of(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMillis(100))
            .filter(time -> time.compareTo(min) >= 0 && time.compareTo(max) <= 0)
            .findFirst()
            .orElse(min);
    return shown(
        DurationText.of(example),
        scalar(
            range,
            text -> {
              Duration value = DurationText.parse(text);
              if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
                throw new IllegalArgumentException(
                    "found " + Quoted.of(text) + "; expected " + range);
              }
              return value;
            }));
  }

  /**
   * A single value.
   *
   * @param parser throws an IllegalArgumentException that says what was found and what would do
   */
  public static <T> Type<T> scalar(String description, Function<String, T> parser) {
    return new Described<>(
        description,
        new Shape.Single(),
        Optional.empty(),
        at -> {
          if (!(at.node() instanceof Scalar scalar) || scalar.isNothing()) {
            at.expected(description);
            return Optional.empty();
          }
          try {
            return Optional.of(parser.apply(scalar.text()));
          } catch (IllegalArgumentException e) {
            // Parsers repeat what they were given, however long it is.
            String found = scalar.text();
            String message = String.valueOf(e.getMessage());
            at.fault(found.isEmpty() ? message : message.replace(found, Quoted.shortened(found)));
            return Optional.empty();
          }
        });
  }

  /** The same type, documented with that example, which is in the notation of the file. */
  public static <T> Type<T> shown(String example, Type<T> type) {
    return new Described<>(type.description(), type.shape(), Optional.of(example), type::read);
  }

  /**
   * A mapping that says where a secret is. What stands in its place, or in it where no key is
   * known, may be the secret itself, and is never shown.
   */
  public static <T> Type<T> secret(Section<T> section) {
    List<String> known = section.keys().stream().map(Key::name).toList();
    return new Described<>(
        "where the secret is: " + section.example().orElse("a mapping"),
        section.shape(),
        section.example(),
        at -> {
          if (at.node() instanceof Mapping && known.containsAll(at.keys())) {
            return section.read(at);
          }
          at.fault(
              "a secret is not written here, where others would see it; put it into a file, and"
                  + " write "
                  + section.example().orElse("")
                  + ", with the path of yours");
          return Optional.empty();
        });
  }

  /** Text that matches a pattern. */
  public static Type<String> word(String description, String pattern) {
    return scalar(
        description,
        text -> {
          if (!text.matches(pattern)) {
            throw new IllegalArgumentException(
                "found " + Quoted.of(text) + "; expected " + description);
          }
          return text;
        });
  }

  /** One of several words; the map's order is that of messages and documentation. */
  public static <T> Type<T> choice(Map<String, T> words) {
    String description = "one of: " + String.join(", ", words.keySet());
    return shown(
        words.keySet().iterator().next(),
        scalar(
            description,
            text -> {
              T value = words.get(text);
              if (value == null) {
                throw new IllegalArgumentException(
                    "found "
                        + Quoted.of(text)
                        + Spelling.hint(text, words.keySet())
                        + "; expected "
                        + description);
              }
              return value;
            }));
  }

  /** A mapping, or a single value that says the same in short. */
  public static <S, T> Type<T> shorthand(Type<S> brief, Function<S, T> meaning, Type<T> full) {
    String description = brief.description() + ", or " + full.description();
    return new Described<>(
        description,
        new Shape.Either(brief, full),
        brief.example(),
        at -> {
          if (at.node() instanceof Mapping) {
            return full.read(at);
          }
          if (at.node() instanceof Scalar scalar && !scalar.isNothing()) {
            return brief.read(at).map(meaning);
          }
          at.expected(description);
          return Optional.empty();
        });
  }

  /** A list; the items that are faulty are left out. */
  public static <T> Type<List<T>> listOf(Type<T> item) {
    String description = "a list, each item " + item.description();
    return new Described<>(
        description,
        new Shape.Items(item),
        item.example().map(one -> "[" + one + "]"),
        at -> {
          if (!(at.node() instanceof Sequence)) {
            at.expected(description);
            return Optional.empty();
          }
          List<T> values = new ArrayList<>();
          at.items().forEach(i -> item.read(i).ifPresent(values::add));
          return Optional.of(List.copyOf(values));
        });
  }

  /** A list, or one item without the list around it. */
  public static <T> Type<List<T>> oneOrMore(Type<T> item) {
    Type<List<T>> list = listOf(item);
    return new Described<>(
        item.description() + ", or a list of such",
        new Shape.Either(item, list),
        list.example(),
        at -> at.node() instanceof Sequence ? list.read(at) : item.read(at).map(List::of));
  }

  /** A mapping from names that the user chooses; the values that are faulty are left out. */
  public static <T> Type<Map<String, T>> mapOf(Type<T> value) {
    String description = "names, each with " + value.description();
    return new Described<>(
        description,
        new Shape.Names(value),
        value.example().map(one -> "{name: " + one + "}"),
        at -> {
          if (!(at.node() instanceof Mapping)) {
            at.expected(description);
            return Optional.empty();
          }
          Map<String, T> values = new LinkedHashMap<>();
          at.entries().forEach((k, v) -> value.read(v).ifPresent(read -> values.put(k, read)));
          return Optional.of(values);
        });
  }

  /** The same values, each with its place. */
  public static <T> Type<Located<T>> located(Type<T> type) {
    return new Described<>(
        type.description(),
        type.shape(),
        type.example(),
        at -> type.read(at).map(value -> new Located<>(value, at)));
  }

  /** A type with all that is told of it; an example of its own only if it has one. */
  private record Described<T>(
      String description, Shape shape, Optional<String> own, Function<Cursor, Optional<T>> reader)
      implements Type<T> {

    @Override
    public Optional<String> example() {
      return own.or(Type.super::example);
    }

    @Override
    public Optional<T> read(Cursor at) {
      return reader.apply(at);
    }
  }

  private static String oneLine(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "found " + Quoted.of(text) + "; expected text of one line without control characters");
    }
    return text;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "found " + Quoted.of(text) + "; expected a path such as /run/bugle/vip.lock", e);
    }
  }
}
