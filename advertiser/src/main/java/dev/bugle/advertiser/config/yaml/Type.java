package dev.bugle.advertiser.config.yaml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one kind of value is read from a node.
 *
 * @param <T> what it becomes
 */
public interface Type<T> {

  /** Completes "expected ...": {@code an IP address such as 192.0.2.1}. */
  String description();

  /** Reads the value; empty when a fault was reported at the cursor or below it. */
  Optional<T> read(Cursor at);

  /** What it is made of. */
  default Shape shape() {
    return new Shape.Single();
  }

  /**
   * A value of it in the notation of the file, on one line. If a type does not tell, it is what
   * follows "such as" in its description; empty when there is none.
   */
  default Optional<String> example() {
    Matcher matcher = Pattern.compile("such as (.+?)(,| or |$)").matcher(description());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /**
   * What is counted, or what a number must have behind it: {@code hops}; {@code ms, s, m, h}. It is
   * read from the description too: "a number of hops", "a duration".
   */
  default Optional<String> unit() {
    if (description().startsWith("a duration")) {
      return Optional.of("ms, s, m, h");
    }
    Matcher matcher = Pattern.compile("^an? number of (\\w+)").matcher(description());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
