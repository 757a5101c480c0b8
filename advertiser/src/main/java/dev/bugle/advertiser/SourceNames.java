package dev.bugle.advertiser;

/**
 * What things of sources are called: the name of the source, a slash, and what the source calls
 * them. Names of sources have no slash.
 */
final class SourceNames {

  private static final char SEPARATOR = '/';

  private SourceNames() {}

  /** Of something that the source calls so. */
  static String of(String source, String local) {
    return source + SEPARATOR + local;
  }

  /** The part of the name that is that of the source; all of it where there is none. */
  static String source(String name) {
    int end = name.indexOf(SEPARATOR);
    return end < 0 ? name : name.substring(0, end);
  }

  /** What the source calls it. */
  static String local(String name) {
    return name.substring(name.indexOf(SEPARATOR) + 1);
  }
}
