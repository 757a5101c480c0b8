package dev.bugle.advertiser.config.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One value that is given beside the file, and counts instead of what the file has there.
 *
 * <p>Its text is YAML, as it would stand behind the key in the file; lists and mappings are written
 * {@code [a, b]} and <code>{a: b}</code>.
 */
public final class Setting {

  /** Those of lists in the order of their items, so that items can be appended one by one. */
  static final Comparator<Setting> BY_PATH = (a, b) -> compare(a.path, b.path);

  private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]=]+)|\\[([^\\[\\]=]+)]");

  private final Place place;
  private final List<Step> path;
  private final String text;

  private Setting(String source, List<Step> path, String text) {
    this.place = new Place(source, 0);
    this.path = List.copyOf(path);
    this.text = text;
  }

  /**
   * From the command line: {@code speaker.local-as=65001}, {@code peers[0].address=192.0.2.1}. A
   * name that has dots stands in brackets: {@code leadership[a.b].lease=2s}.
   *
   * @throws IllegalArgumentException when it has not that form
   */
  public static Setting assignment(String option, String text) {
    int equals = text.indexOf('=');
    String path = text.substring(0, Math.max(equals, 0));
    Matcher matcher = STEP.matcher(path);
    List<Step> steps = new ArrayList<>();
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      String word = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      steps.add(new Step(word, false));
      end = matcher.end();
    }
    if (steps.isEmpty() || end < path.length() || path.startsWith(".") || path.startsWith("[")) {
      throw new IllegalArgumentException(
          "found "
              + Quoted.of(equals < 0 ? text : path)
              + "; expected a key and its value, such as speaker.local-as=65001 or"
              + " vips[0].communities=[65001:100, no-export]");
    }
    return new Setting(option + " " + path, steps, text.substring(equals + 1));
  }

  /**
   * From the environment: what is behind the prefix is the path, {@code SPEAKER__LOCAL_AS} or
   * {@code PEERS__0__ADDRESS}: two underscores go one level down, one stands for a dash.
   */
  public static Setting variable(String prefix, String name, String text) {
    List<Step> steps = new ArrayList<>();
    for (String word : name.substring(prefix.length()).split("__", -1)) {
      steps.add(new Step(word, true));
    }
    return new Setting(name, steps, text);
  }

  /** The flag or variable that it is from. */
  public String source() {
    return place.source();
  }

  /** The document with it; as it was when a fault was added. */
  YamlNode applyTo(YamlNode root, Type<?> type, Faults faults) {
    int before = faults.count();
    Optional<YamlNode> value = YamlParser.parseValue(text, place, faults);
    if (faults.count() > before) {
      return root;
    }
    return new Graft(place, path, value.orElseThrow(), faults).onto(root, type);
  }

  private static int compare(List<Step> a, List<Step> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      Step one = a.get(i);
      Step other = b.get(i);
      int order =
          one.isNumber() && other.isNumber()
              ? Integer.compare(one.number(), other.number())
              : one.text().compareTo(other.text());
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
