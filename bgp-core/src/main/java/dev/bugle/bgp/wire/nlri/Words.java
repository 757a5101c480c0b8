package dev.bugle.bgp.wire.nlri;

import java.util.function.Function;

/**
 * A text of words between blanks, read from left to right; what is wrong with it is said with the
 * column, counted from 1.
 */
final class Words {

  private final String text;
  private int at;

  Words(String text) {
    this.text = text;
    skipBlanks();
  }

  /** Parses the whole text. */
  static <T> T parse(String text, Function<Words, T> parser) {
    Words words = new Words(text);
    T value = parser.apply(words);
    if (words.hasNext()) {
      throw words.wrong("the end");
    }
    return value;
  }

  boolean hasNext() {
    return at < text.length();
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private String peek() {
    int end = text.indexOf(' ', at);
    return text.substring(at, end < 0 ? text.length() : end);
  }

  private void skip() {
    at += peek().length();
    skipBlanks();
  }

  /** The next word, by a parser that says what is wrong with it. */
  <T> T next(String expected, Function<String, T> parser) {
    if (!hasNext()) {
      throw wrong(expected);
    }
    T value;
    try {
      value = parser.apply(peek());
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          wrong(expected).getMessage() + ": " + wrong.getMessage(), wrong);
    }
    skip();
    return value;
  }

  /** The word that follows this keyword, which must come next. */
  <T> T after(String keyword, String expected, Function<String, T> parser) {
    if (!take(keyword)) {
      throw wrong("'" + keyword + "'");
    }
    return next(expected, parser);
  }

  /** Whether this keyword comes next; then it is behind us. */
  boolean take(String keyword) {
    boolean there = hasNext() && peek().equals(keyword);
    if (there) {
      skip();
    }
    return there;
  }

  /** What to say when something else was expected here. */
  IllegalArgumentException wrong(String expected) {
    String found = hasNext() ? "'" + peek() + "'" : "the end";
    return new IllegalArgumentException(
        "column " + (at + 1) + " of '" + text + "': expected " + expected + ", found " + found);
  }

  /** A parser of decimal numbers of 0 to {@code max}. */
  static Function<String, Long> number(long max) {
    return digits -> {
      if (digits.matches("[0-9]{1,10}") && Long.parseLong(digits) <= max) {
        return Long.parseLong(digits);
      }
      throw new IllegalArgumentException("'" + digits + "' is not a number of 0 to " + max);
    };
  }
}
