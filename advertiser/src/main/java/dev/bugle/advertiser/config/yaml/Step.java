package dev.bugle.advertiser.config.yaml;

import java.util.Locale;

/**
 * One level of the path to a value.
 *
 * @param text a key, a name, or the number of a list's item
 * @param folded whether a key or name was written as in the environment: in capitals, and with an
 *     underscore for whatever is no letter and no digit
 */
record Step(String text, boolean folded) {

  boolean means(String name) {
    return folded ? fold(name).equals(text) : name.equals(text);
  }

  boolean isNumber() {
    return text.matches("0|[1-9][0-9]{0,5}");
  }

  int number() {
    return Integer.parseInt(text);
  }

  /** The name that it makes where the user chooses names and none there is meant. */
  String name() {
    return folded ? text.toLowerCase(Locale.ROOT).replace('_', '-') : text;
  }

  /** How the name must be written for this kind of step. */
  String notation(String name) {
    return folded ? fold(name) : name;
  }

  private static String fold(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
