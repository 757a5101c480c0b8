package dev.bugle.k8s.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A mapping of YAML with its comments, printed as people write it: keys in the order in which they
 * were put, quotes only where they are needed. Not thread-safe.
 */
final class YamlMap {

  /** More than that in one line is hard to read. */
  private static final int LONGEST_FLOW = 80;

  /** Begins an item of a list. */
  private static final String MARK = "- ";

  private sealed interface Value {}

  private record Scalar(String text) implements Value {}

  private record Block(String text) implements Value {}

  private record Nested(YamlMap map) implements Value {}

  private record Words(List<String> words) implements Value {}

  private record Items(List<YamlMap> items) implements Value {}

  private record Line(String comment, String key, Value value) {}

  private final List<Line> lines = new ArrayList<>();
  private String comment = "";

  /** Says something about the key that is put next. */
  YamlMap comment(String text) {
    comment = text;
    return this;
  }

  YamlMap put(String key, String value) {
    return add(key, new Scalar(YamlScalar.of(value)));
  }

  YamlMap put(String key, long value) {
    return add(key, new Scalar(Long.toString(value)));
  }

  YamlMap put(String key, boolean value) {
    return add(key, new Scalar(Boolean.toString(value)));
  }

  YamlMap put(String key, YamlMap value) {
    return add(key, new Nested(value));
  }

  /** A list of words, in one line where they fit. */
  YamlMap words(String key, List<String> words) {
    return add(key, new Words(List.copyOf(words)));
  }

  YamlMap words(String key, String... words) {
    return words(key, List.of(words));
  }

  /** A list of mappings; nothing at all when there are none. */
  YamlMap items(String key, List<YamlMap> items) {
    return items.isEmpty() ? this : add(key, new Items(List.copyOf(items)));
  }

  YamlMap items(String key, YamlMap... items) {
    return items(key, Arrays.asList(items));
  }

  /** Several lines of text, as they are. */
  YamlMap block(String key, String text) {
    return add(key, new Block(text));
  }

  private YamlMap add(String key, Value value) {
    lines.add(new Line(comment, key, value));
    comment = "";
    return this;
  }

  /** The document, which ends with a line end. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    write(out, "", "");
    return out.toString();
  }

  /** Its lines, the first of which begins with another indent; comments are above that. */
  private void write(StringBuilder out, String first, String indent) {
    String lead = first;
    for (Line line : lines) {
      String margin = lead.substring(0, lead.length() - (lead.endsWith(MARK) ? MARK.length() : 0));
      line.comment()
          .lines()
          .forEach(text -> out.append(margin).append("# ").append(text).append('\n'));
      out.append(lead).append(line.key()).append(':');
      write(out, line.value(), indent);
      lead = indent;
    }
  }

  private static void write(StringBuilder out, Value value, String indent) {
    if (value instanceof Scalar scalar) {
      out.append(' ').append(scalar.text()).append('\n');
    } else if (value instanceof Block block) {
      // What begins with a blank would be taken for deeper indented than it is.
      out.append(block.text().stripLeading().equals(block.text()) ? " |\n" : " |2\n");
      block
          .text()
          .lines()
          .forEach(l -> out.append(l.isEmpty() ? "" : indent + "  " + l).append('\n'));
    } else if (value instanceof Nested nested) {
      if (nested.map().lines.isEmpty()) {
        out.append(" {}\n");
      } else {
        out.append('\n');
        nested.map().write(out, indent + "  ", indent + "  ");
      }
    } else if (value instanceof Words words) {
      write(out, words.words(), indent);
    } else if (value instanceof Items items) {
      out.append('\n');
      items.items().forEach(item -> item.write(out, indent + "  " + MARK, indent + "    "));
    }
  }

  private static void write(StringBuilder out, List<String> words, String indent) {
    String flow =
        words.stream().map(YamlScalar::inFlow).collect(Collectors.joining(", ", " [", "]"));
    if (flow.length() <= LONGEST_FLOW) {
      out.append(flow).append('\n');
      return;
    }
    out.append('\n');
    words.forEach(w -> out.append(indent).append("  - ").append(YamlScalar.of(w)).append('\n'));
  }
}
