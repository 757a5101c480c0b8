package dev.bugle.bgp.wire;

/** Rules of Autonomous System numbers, which are plain {@code long}s of 0 to 4294967295. */
public final class Asn {

  /** The largest number (RFC 6793). */
  public static final long MAX = 0xFFFF_FFFFL;

  /** Stands for a number above 65535 where only two octets fit (RFC 6793 §9). */
  public static final int AS_TRANS = 23456;

  private Asn() {}

  /**
   * Returns the number unchanged.
   *
   * @throws IllegalArgumentException when it is no AS number that a speaker may have: 1 to
   *     4294967295 (RFC 7607 forbids 0)
   */
  public static long requireUsable(long asn) {
    if (asn < 1 || asn > MAX) {
      throw new IllegalArgumentException("AS number " + asn + " is not in 1 to " + MAX);
    }
    return asn;
  }

  /**
   * Parses {@code 65001}, {@code 4200000001} or {@code 64086.59905} (asplain and asdot of RFC
   * 5396).
   *
   * @throws IllegalArgumentException saying what is wrong with the text, and where
   */
  public static long parse(String text) {
    return read(new TextCursor(text), "");
  }

  /** Reads a number as {@link #parse} does, up to one of these characters or to the end. */
  public static long read(TextCursor text, String stops) {
    int start = text.position();
    boolean isDotted = text.until(stops).indexOf('.') >= 0;
    text.moveTo(start);
    if (!isDotted) {
      return text.number(MAX, stops);
    }
    long high = text.number(0xFFFF, stops + ".");
    text.expect('.');
    return high << 16 | text.number(0xFFFF, stops);
  }

  /** Whether two octets hold the number. */
  public static boolean fitsTwoOctets(long asn) {
    return asn <= 0xFFFF;
  }
}
