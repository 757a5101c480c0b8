package dev.bugle.advertiser.health;

/**
 * What a probe has found.
 *
 * @param hasPassed whether all is well
 * @param reason why, for people; without secrets
 */
record Outcome(boolean hasPassed, String reason) {

  private static final int LONGEST = 300;

  /** Puts the reason on one line that a log can bear: a part of it may come from the network. */
  Outcome {
    StringBuilder line = new StringBuilder();
    reason.codePoints().limit(LONGEST).forEach(c -> line.appendCodePoint(isPrintable(c) ? c : ' '));
    reason = line.toString().strip();
  }

  static Outcome passed(String reason) {
    return new Outcome(true, reason);
  }

  static Outcome failed(String reason) {
    return new Outcome(false, reason);
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
