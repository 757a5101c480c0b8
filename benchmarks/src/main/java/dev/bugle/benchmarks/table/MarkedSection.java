package dev.bugle.benchmarks.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a page that a program writes, between two marks. */
final class MarkedSection {

  private MarkedSection() {}

  /**
   * Puts a text in place of what is between the marks.
   *
   * @throws IOException when the page cannot be read or written, or has not these marks
   */
  static void replace(Path page, String name, String text) throws IOException {
    Files.writeString(page, replaced(Files.readString(page), name, text));
  }

  static String replaced(String page, String name, String text) throws IOException {
    String begin = "<!-- " + name + ": written by benchmarks/" + name + " --write -->\n";
    String end = "<!-- " + name + ": end -->";
    int from = page.indexOf(begin);
    int to = page.indexOf(end, Math.max(from, 0));
    if (from < 0 || to < 0) {
      throw new IOException(
          "the page has no line '%s' with '%s' behind it; add both where the text is to be"
              .formatted(begin.strip(), end));
    }
    return page.substring(0, from + begin.length()) + text + page.substring(to);
  }
}
