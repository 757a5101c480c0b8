package dev.bugle.bfd;

import java.security.SecureRandom;
import java.util.BitSet;

/**
 * Local discriminators (RFC 5880 §6.3): the low half is the place of the session in a table, the
 * high half is random, so that nobody can guess it and a former session's packets do not fit the
 * next one. Thread-safe.
 */
final class Discriminators {

  /** As many sessions as there are source ports. */
  static final int MAX_SESSIONS = 16384;

  private static final int PLACE_MASK = 0xFFFF;

  private final SecureRandom random = new SecureRandom();
  private final BitSet taken = new BitSet();

  /** A new one, not zero. */
  synchronized int next() {
    int place = taken.nextClearBit(0);
    if (place == MAX_SESSIONS) {
      throw new IllegalStateException(
          "there are " + MAX_SESSIONS + " sessions already, and no source port is left");
    }
    taken.set(place);
    int high = 1 + random.nextInt(0xFFFF);
    return (high << 16) | place;
  }

  synchronized void release(int discriminator) {
    taken.clear(placeOf(discriminator));
  }

  static int placeOf(int discriminator) {
    return discriminator & PLACE_MASK;
  }
}
