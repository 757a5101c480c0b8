package dev.bugle.advertiser.config.yaml;

import java.util.Comparator;

/**
 * One thing that is wrong with a configuration file.
 *
 * @param file as the user named it
 * @param line counted from 1; 0 where the fault is not in one line
 * @param field the path of the field, such as {@code vips[0].prefix}; empty for the whole file
 * @param message what was found, and what would do
 */
public record Fault(String file, int line, String field, String message)
    implements Comparable<Fault> {

  private static final Comparator<Fault> BY_LINE =
      Comparator.comparingInt(Fault::line).thenComparing(Fault::field);

  /** Orders by line. */
  @Override
  public int compareTo(Fault other) {
    return BY_LINE.compare(this, other);
  }

  /** {@code bugle.yaml:12: vips[0].prefix: message}. */
  @Override
  public String toString() {
    return file
        + (line > 0 ? ":" + line : "")
        + ": "
        + (field.isEmpty() ? "" : field + ": ")
        + message;
  }
}
