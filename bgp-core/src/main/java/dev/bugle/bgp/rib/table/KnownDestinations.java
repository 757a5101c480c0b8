package dev.bugle.bgp.rib.table;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which destinations one peer knows from us (its Adj-RIB-Out): a bit for each; for a peer that
 * takes several paths, the identifiers of those it knows.
 */
final class KnownDestinations {

  private static final long[] NONE = {};

  private long[] bits = NONE;

  /** Of peers that take several paths. */
  private final Map<Integer, long[]> identifiers = new HashMap<>();

  private int size;

  /** How many paths the peer knows. */
  int size() {
    return size;
  }

  boolean knows(int number) {
    return number >> 6 < bits.length && (bits[number >> 6] >>> number & 1) != 0;
  }

  /** The peer is told of the destination. */
  void add(int number) {
    if (!knows(number)) {
      set(number);
      size++;
    }
  }

  private void set(int number) {
    if (number >> 6 >= bits.length) {
      bits = Arrays.copyOf(bits, Math.max((number >> 6) + 1, bits.length + (bits.length >> 1)));
    }
    bits[number >> 6] |= 1L << number;
  }

  /** The peer is told that there is no way to the destination. */
  void remove(int number) {
    if (knows(number)) {
      bits[number >> 6] &= ~(1L << number);
      size--;
    }
  }

  /** The next destination that it knows, from this number on; -1 if there is none. */
  int next(int from) {
    for (int number = from; number >> 6 < bits.length; number++) {
      long left = bits[number >> 6] >>> number;
      if (left != 0) {
        return number + Long.numberOfTrailingZeros(left);
      }
      number |= 63;
    }
    return -1;
  }

  /** The identifiers of the paths to the destination that it knows, where it takes several. */
  long[] identifiers(int number) {
    return identifiers.getOrDefault(number, NONE);
  }

  /** The peer is told that these are the paths to the destination, where it takes several. */
  void replace(int number, long[] told) {
    size += told.length - identifiers(number).length;
    if (told.length > 0) {
      identifiers.put(number, told);
      set(number);
    } else if (knows(number)) {
      identifiers.remove(number);
      bits[number >> 6] &= ~(1L << number);
    }
  }
}
