package dev.bugle.benchmarks.table;

import java.util.Random;

/**
 * Distinct IPv4 prefixes of lengths 8 to 24, numbered from 0 by length and then by address. To find
 * the number of a prefix takes two reads of memory, so that a million can be told within
 * milliseconds.
 */
final class PrefixSet {

  private static final int SHORTEST = 8;
  private static final int LONGEST = 24;

  /** Of 10,000 prefixes, how many have the length 8, 9 and so on: roughly those of the Internet. */
  private static final int[] SHARES = {
    1, 1, 1, 1, 3, 6, 12, 20, 135, 80, 140, 250, 440, 500, 1110, 1040, 6260
  };

  /** Networks that no router takes from another, as pairs of first address and length. */
  private static final long[][] RESERVED = {
    {0x00000000L, 8}, {0x0a000000L, 8}, {0x64400000L, 10}, {0x7f000000L, 8}, {0xa9fe0000L, 16},
    {0xac100000L, 12}, {0xc0000000L, 24}, {0xc0000200L, 24}, {0xc0586300L, 24}, {0xc0a80000L, 16},
    {0xc6120000L, 15}, {0xc6336400L, 24}, {0xcb007100L, 24}, {0xe0000000L, 3}
  };

  /** A bit for each possible prefix, at {@link #position}. */
  private final long[] present = new long[1 << (LONGEST + 1 - 6)];

  /** How many bits are set before each word of them. */
  private final int[] before = new int[present.length];

  private final int[] positions;

  private PrefixSet(int count, Random random) {
    for (int drawn = 0; drawn < count; ) {
      int length = length(random);
      int address = random.nextInt() << (32 - length);
      int at = position(address, length);
      if (!reserved(address & 0xffffffffL, length) && (present[at >> 6] & (1L << at)) == 0) {
        present[at >> 6] |= 1L << at;
        drawn++;
      }
    }
    positions = new int[count];
    int number = 0;
    for (int word = 0; word < present.length; word++) {
      before[word] = number;
      for (long rest = present[word]; rest != 0; rest &= rest - 1) {
        positions[number++] = (word << 6) + Long.numberOfTrailingZeros(rest);
      }
    }
  }

  /** As many prefixes as asked for, the same for the same state of the generator. */
  static PrefixSet random(int count, Random random) {
    if (count < 1 || count > 4_000_000) {
      throw new IllegalArgumentException(count + " prefixes; it takes 1 to 4000000");
    }
    return new PrefixSet(count, random);
  }

  private static int length(Random random) {
    int drawn = random.nextInt(10_000);
    for (int length = SHORTEST; ; length++) {
      drawn -= SHARES[length - SHORTEST];
      if (drawn < 0) {
        return length;
      }
    }
  }

  private static boolean reserved(long address, int length) {
    for (long[] network : RESERVED) {
      int shorter = (int) Math.min(length, network[1]);
      if (address >>> (32 - shorter) == network[0] >>> (32 - shorter)) {
        return true;
      }
    }
    return false;
  }

  /** As in a heap: the prefix 0/0 would be 1, and the halves of a prefix are at 2n and 2n+1. */
  private static int position(int address, int length) {
    return (1 << length) | (address >>> (32 - length));
  }

  int size() {
    return positions.length;
  }

  /** The address of the prefix with this number, as 32 bits. */
  int address(int number) {
    return positions[number] << (32 - length(number));
  }

  /** The length of the prefix with this number. */
  int length(int number) {
    return 31 - Integer.numberOfLeadingZeros(positions[number]);
  }

  /** The prefix with this number, as people write it. */
  String text(int number) {
    int address = address(number);
    return (address >>> 24)
        + "."
        + ((address >>> 16) & 0xff)
        + "."
        + ((address >>> 8) & 0xff)
        + "."
        + (address & 0xff)
        + "/"
        + length(number);
  }

  /**
   * The number of a prefix, negative when it is none of them.
   *
   * @param address whose bits beyond the length do not matter
   */
  int number(int address, int length) {
    if (length < SHORTEST || length > LONGEST) {
      return -1;
    }
    int at = position(address, length);
    long word = present[at >> 6];
    long bit = 1L << at;
    return (word & bit) == 0 ? -1 : before[at >> 6] + Long.bitCount(word & (bit - 1));
  }
}
