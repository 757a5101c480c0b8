package dev.bugle.advertiser.config.yaml;

import java.util.Comparator;

/**
 * One thing that is wrong with a configuration.
 *
 * @param place where it was written
 * @param field the path of the field, such as {@code vips[0].prefix}; empty for the whole file
 * @param message what was found, and what would do; on one line
 */
public record Fault(Place place, String field, String message) implements Comparable<Fault> {

  private static final Comparator<Fault> BY_LINE =
      Comparator.comparingInt(Fault::line).thenComparing(Fault::field);

  /** Counted from 1; 0 where the fault is not in one line. */
  public int line() {
    return place.line();
  }

  /** Orders by line. */
  @Override
  public int compareTo(Fault other) {
    return BY_LINE.compare(this, other);
  }

  /**
   * {@code bugle.yaml:12: vips[0].prefix: message}, or {@code --set vips[0].prefix: message}: a
   * place that names the field does so only once.
   */
  @Override
  public String toString() {
    boolean named = field.isEmpty() || place.source().endsWith(" " + field);
    return place + ": " + (named ? "" : field + ": ") + message;
  }
}
