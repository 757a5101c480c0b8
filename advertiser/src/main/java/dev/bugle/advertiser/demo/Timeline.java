package dev.bugle.advertiser.demo;

import java.io.PrintStream;
import java.util.Locale;

/** Prints what happens, with the seconds since the start. */
final class Timeline {

  /** How a line looks where colours are shown. */
  enum Colour {
    PLAIN("0"),
    GREEN("32"),
    YELLOW("33"),
    RED("31"),
    BOLD("1"),
    DIM("2");

    private final String code;

    Colour(String code) {
      this.code = code;
    }
  }

  private final PrintStream out;
  private final boolean coloured;
  private final long start = System.nanoTime();

  Timeline(PrintStream out, boolean coloured) {
    this.out = out;
    this.coloured = coloured;
  }

  /** A line for something that happened at that {@link System#nanoTime()}. */
  void at(long nanos, Colour colour, String who, String text) {
    String time = String.format(Locale.ROOT, "%8.3f", (nanos - start) / 1e9);
    out.println(paint(Colour.DIM, time) + "  " + String.format("%-7s", who) + paint(colour, text));
  }

  /** A line for something that this program does now. */
  void now(String text) {
    at(System.nanoTime(), Colour.BOLD, "demo", text);
  }

  /** Text without a time. */
  void text(Colour colour, String text) {
    out.println(paint(colour, text));
  }

  private String paint(Colour colour, String text) {
    return coloured && colour != Colour.PLAIN
        ? "\u001B[" + colour.code + "m" + text + "\u001B[0m"
        : text;
  }
}
