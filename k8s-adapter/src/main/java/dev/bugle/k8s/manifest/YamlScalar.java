package dev.bugle.k8s.manifest;

import java.util.regex.Pattern;

/** Text as a scalar of YAML: plain where every reader takes it for text, quoted elsewhere. */
final class YamlScalar {

  /**
   * Words, paths, images, IPv4 prefixes, quantities; not what YAML 1.1 takes for a number or a
   * time.
   */
  private static final Pattern PLAIN =
      Pattern.compile(
          "[A-Za-z/$][A-Za-z0-9_./@+=$-]*(?:[:,][A-Za-z0-9_./@+=$-]+)*"
              + "|--?[A-Za-z][A-Za-z0-9_./@+=-]*"
              + "|[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+(?:/[0-9]+)?"
              + "|[0-9]+(?:m|Mi)"
              + "|[A-Za-z][A-Za-z0-9_./@+=() -]*[A-Za-z0-9)]");

  private static final Pattern WORD_OF_YAML =
      Pattern.compile("(?i)y|yes|n|no|true|false|on|off|null");

  private YamlScalar() {}

  /**
   * The text as a value of its own.
   *
   * @throws IllegalArgumentException when it has characters that a terminal would obey
   */
  static String of(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a value has a control character; remove it");
    }
    boolean plain = PLAIN.matcher(text).matches() && !WORD_OF_YAML.matcher(text).matches();
    return plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The text between brackets, where a comma ends it. */
  static String inFlow(String text) {
    String value = of(text);
    return value.contains(",") && value.charAt(0) != '"' ? '"' + value + '"' : value;
  }
}
