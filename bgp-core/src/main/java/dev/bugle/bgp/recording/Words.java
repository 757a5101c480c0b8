package dev.bugle.bgp.recording;

/** The words of a line, one after the other. */
final class Words {

  private String rest;

  Words(String line) {
    this.rest = line;
  }

  /** The next word. */
  String next() {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("the line ends too early");
    }
    int space = rest.indexOf(' ');
    String word = space < 0 ? rest : rest.substring(0, space);
    rest = space < 0 ? "" : rest.substring(space + 1);
    return word;
  }

  /** All that follows, as a text for people. */
  String text() {
    String text = Notation.unescaped(rest);
    rest = "";
    return text;
  }

  /** Nothing may follow. */
  void end() {
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException("'" + rest + "' is too much");
    }
  }
}
