package dev.bugle.bgp.recording;

/** What the lines of a recording begin with; the package's chapter shows one. */
final class Format {

  static final String HEADER = "bugle session recording 1";
  static final String CONFIG = "config ";
  static final String COMMENT = "#";
  static final String TIME = "@ ";
  static final String EVENT = "> ";
  static final String ACTION = "< ";

  /** What is true of the file and not of the session. */
  static final String NOTE = "! ";

  static final String END = NOTE + "end";

  private Format() {}
}
