package dev.bugle.advertiser.config.yaml;

/** Text of the user in a message: quoted, on one line, and not longer than a message can bear. */
final class Quoted {

  private static final int LONGEST = 60;

  private Quoted() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder("'");
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.append(text.codePointCount(0, text.length()) > LONGEST ? "..." : "")
        .append('\'')
        .toString();
  }
}
