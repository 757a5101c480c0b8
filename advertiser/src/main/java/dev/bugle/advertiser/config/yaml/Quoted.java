package dev.bugle.advertiser.config.yaml;

/** Text of the user in a message: on one line, visible, and not longer than a message can bear. */
final class Quoted {

  private static final int LONGEST = 60;

  private Quoted() {}

  /** In quotes, and cut off after sixty characters. */
  static String of(String text) {
    return "'" + shortened(text) + "'";
  }

  /** Cut off after sixty characters. */
  static String shortened(String text) {
    if (text.codePointCount(0, text.length()) <= LONGEST) {
      return printable(text);
    }
    return printable(text.substring(0, text.offsetByCodePoints(0, LONGEST))) + "...";
  }

  /** With what a terminal would obey, or not show, as {@code \}{@code u001b}. */
  static String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isPrintable(c)) {
                out.appendCodePoint(c);
              } else {
                out.append(String.format("\\u%04x", c));
              }
            });
    return out.toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
