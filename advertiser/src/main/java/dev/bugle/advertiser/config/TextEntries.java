package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Fault;
import dev.bugle.advertiser.config.yaml.Faults;
import dev.bugle.advertiser.config.yaml.Place;
import dev.bugle.advertiser.config.yaml.YamlNode;
import dev.bugle.advertiser.config.yaml.YamlNode.Entry;
import dev.bugle.advertiser.config.yaml.YamlNode.Mapping;
import dev.bugle.advertiser.config.yaml.YamlNode.Scalar;
import dev.bugle.advertiser.config.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys with their values as text, as the nodes that a file with the same keys would have. A key
 * within another has its path as its name, with dots: {@code when-unhealthy.set.med}.
 */
final class TextEntries {

  private static final Place PLACE = new Place("", 0);

  private TextEntries() {}

  /**
   * The mapping of those texts.
   *
   * @param lists the paths whose value may be several, with commas between them
   */
  static Mapping mapping(Map<String, String> values, Set<String> lists) {
    Map<String, YamlNode> leaves = new LinkedHashMap<>();
    values.forEach((path, text) -> leaves.put(path, node(text, lists.contains(path))));
    return nested(leaves);
  }

  private static Mapping nested(Map<String, YamlNode> byPath) {
    Map<String, Map<String, YamlNode>> below = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    byPath.forEach(
        (path, node) -> {
          int dot = path.indexOf('.');
          if (dot < 0) {
            entries.add(new Entry(PLACE, path, node));
          } else {
            below
                .computeIfAbsent(path.substring(0, dot), key -> new LinkedHashMap<>())
                .put(path.substring(dot + 1), node);
          }
        });
    below.forEach((key, inner) -> entries.add(new Entry(PLACE, key, nested(inner))));
    return new Mapping(PLACE, entries);
  }

  private static YamlNode node(String text, boolean isList) {
    if (!isList || text.indexOf(',') < 0) {
      return scalar(text);
    }
    return new Sequence(
        PLACE, Arrays.stream(text.split(",", -1)).map(TextEntries::scalar).toList());
  }

  private static YamlNode scalar(String text) {
    return new Scalar(PLACE, text.strip(), false);
  }

  /** The first few of the faults, each with its key. */
  static String message(Faults faults) {
    List<String> messages = faults.sorted().stream().limit(3).map(TextEntries::message).toList();
    return String.join("; ", messages);
  }

  private static String message(Fault fault) {
    return (fault.field().isEmpty() ? "" : fault.field() + ": ") + fault.message();
  }
}
