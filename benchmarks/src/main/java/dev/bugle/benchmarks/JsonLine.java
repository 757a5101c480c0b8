package dev.bugle.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A flat JSON object on one line (RFC 8259), its members in the order they came. */
public final class JsonLine {

  private final Map<String, String> members = new LinkedHashMap<>();

  /** An object without members. */
  public JsonLine() {}

  /** Adds a text. */
  public JsonLine with(String name, String value) {
    members.put(name, quoted(value));
    return this;
  }

  /** Adds a whole number. */
  public JsonLine with(String name, long value) {
    members.put(name, Long.toString(value));
    return this;
  }

  /** Three decimals: of no figure here is more known. */
  public JsonLine with(String name, double value) {
    members.put(name, String.format(Locale.ROOT, "%.3f", value));
    return this;
  }

  private static String quoted(String text) {
    return text.codePoints()
        .mapToObj(
            point ->
                point == '"' || point == '\\'
                    ? "\\" + (char) point
                    : point < ' ' ? "\\u%04x".formatted(point) : Character.toString(point))
        .collect(Collectors.joining("", "\"", "\""));
  }

  @Override
  public String toString() {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ": " + member.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
