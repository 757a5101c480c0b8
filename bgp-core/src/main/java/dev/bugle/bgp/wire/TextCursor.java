package dev.bugle.bgp.wire;

import java.util.Locale;

/**
 * A place in a text that somebody wrote, for parsers of one line. What it does not find there is an
 * {@link IllegalArgumentException} that says what was expected, and at which column; columns count
 * from 1. Not for several threads.
 */
public final class TextCursor {

  private final String text;
  private int at;

  /** A cursor at the beginning of a text. */
  public TextCursor(String text) {
    this.text = text;
  }

  /** The whole text. */
  public String text() {
    return text;
  }

  /** The index of what comes next, from 0. */
  public int position() {
    return at;
  }

  /** Goes to an index that was a {@link #position} before. */
  public void moveTo(int position) {
    at = position;
  }

  /** Whether nothing is left. */
  public boolean atEnd() {
    return at == text.length();
  }

  /** Whether this comes next; does not move. */
  public boolean isAt(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  /** Goes behind this character if it comes next. */
  public boolean skip(char c) {
    boolean there = isAt(c);
    if (there) {
      at++;
    }
    return there;
  }

  /** Goes behind this word, in any case of its letters, if it comes next. */
  public boolean skip(String word) {
    boolean there = text.regionMatches(true, at, word, 0, word.length());
    if (there) {
      at += word.length();
    }
    return there;
  }

  /** Goes behind spaces. */
  public void skipSpaces() {
    while (isAt(' ')) {
      at++;
    }
  }

  /** Goes behind this character, which must come next. */
  public void expect(char c) {
    if (!skip(c)) {
      throw fault("'" + c + "'");
    }
  }

  /** Says that nothing may be left. */
  public void expectEnd() {
    if (!atEnd()) {
      throw fault("the end");
    }
  }

  /** The text up to one of these characters, or to the end; may be empty. Goes behind it. */
  public String until(String stops) {
    int start = at;
    while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Like {@link #until}, in lower case. */
  public String word(String stops) {
    return until(stops).toLowerCase(Locale.ROOT);
  }

  /**
   * A decimal number, up to one of these characters or to the end.
   *
   * @param max the largest that may be, below 10 to the 18th
   */
  public long number(long max, String stops) {
    int start = at;
    long value = 0;
    boolean isNumber = true;
    while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
      int digit = text.charAt(at++) - '0';
      isNumber &= digit >= 0 && digit <= 9;
      if (isNumber && value <= max) {
        value = value * 10 + digit;
      }
    }
    if (at == start || !isNumber || value > max) {
      throw faultAt(start, "is not a number of 0 to " + max);
    }
    return value;
  }

  /** Says that something else was expected at this place. */
  public IllegalArgumentException fault(String expected) {
    String found = atEnd() ? "the text ends" : "found '" + text.charAt(at) + "'";
    return new IllegalArgumentException(
        "'" + text + "': " + found + " at column " + (at + 1) + ", expected " + expected);
  }

  /** Says what is wrong with the piece that starts at an index and ends at this place. */
  public IllegalArgumentException faultAt(int start, String wrong) {
    return new IllegalArgumentException(
        "'"
            + text.substring(start, at)
            + "' in '"
            + text
            + "' "
            + wrong
            + " (column "
            + (start + 1)
            + ")");
  }
}
