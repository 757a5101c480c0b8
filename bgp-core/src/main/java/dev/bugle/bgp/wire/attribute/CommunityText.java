package dev.bugle.bgp.wire.attribute;

/** What the notations of the three kinds of communities have in common. */
final class CommunityText {

  private CommunityText() {}

  /** Parses a decimal number of 0 to {@code max}, naming the whole text when it is not one. */
  static long number(String digits, long max, String whole) {
    if (digits.matches("[0-9]{1,10}")) {
      long value = Long.parseLong(digits);
      if (value <= max) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "'" + digits + "' in '" + whole + "' is not a number of 0 to " + max);
  }
}
