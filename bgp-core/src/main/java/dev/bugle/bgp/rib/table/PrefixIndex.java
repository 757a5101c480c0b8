package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PackedPrefixes;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.message.UpdatePacker;
import java.util.Arrays;
import java.util.List;

/**
 * For prefixes: a hash table with open addressing and linear probing, without an object for each
 * prefix. An IPv4 prefix takes 8 octets and a slot of 4, an IPv6 prefix 17 and the same; there are
 * at least one and a half times as many slots as prefixes, and at most six times; from a million
 * slots on at most three times.
 */
final class PrefixIndex implements DestinationIndex {

  private static final int FIRST_SLOTS = 128;

  /** From here on it is the memory that matters, and before how often all move. */
  private static final int MANY_SLOTS = 1 << 20;

  /** The length of what is no prefix. */
  private static final int FREE = 0xFF;

  private final boolean ipv4;

  /** Peers choose the prefixes, so they must not be able to choose the slots. */
  private final long seed;

  /** By number: the bits of an IPv4 prefix at the top and its length below; of IPv6, 64 bits. */
  private PagedLongs high = new PagedLongs();

  /** Of IPv6 alone: the lower bits, and the length. */
  private PagedLongs low = new PagedLongs();

  private PagedBytes lengths = new PagedBytes();

  /**
   * By hash: an {@link #entry}, or 0. The length is a power of two, and greater than any number and
   * one more.
   */
  private int[] slots = new int[FIRST_SLOTS];

  /** Numbers that were given back; each is the successor of the one below. */
  private int[] freed = new int[0];

  private int freedCount;

  /** What was read in advance; it is kept so that the compiler lets it be read. */
  @SuppressWarnings("unused")
  private int approached;

  private int limit;
  private int size;

  PrefixIndex(boolean ipv4, long seed) {
    this.ipv4 = ipv4;
    this.seed = seed;
  }

  @Override
  public int find(Nlri destination) {
    Prefix prefix = (Prefix) destination;
    return find(high(prefix), low(prefix), prefix.length());
  }

  @Override
  public int find(List<Nlri> destinations, int index) {
    return destinations instanceof PackedPrefixes packed && packed.isIpv4() == ipv4
        ? find(packed.high(index), packed.low(index), packed.length(index))
        : find(destinations.get(index));
  }

  /** The number of the prefix with these bits, which are all that it has. */
  int find(long highBits, long lowBits, int length) {
    return numberIn(slotOf(hash(highBits, lowBits, length), highBits, lowBits, length));
  }

  /** The number in that slot; {@link #NONE} where it is free. */
  private int numberIn(int slot) {
    return (slots[slot] & slots.length - 1) - 1;
  }

  /** What stands in the slot of a prefix: its number and one more, and of the hash what is left. */
  private int entry(int number, int hash) {
    return (hash & -slots.length) | (number + 1);
  }

  /** Where it stands, or where it would stand. */
  private int slotOf(int hash, long highBits, long lowBits, int length) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      // Most of those that it is not are told from it without a look at them, which is slow.
      boolean mayBe = ((slots[slot] ^ hash) & ~mask) == 0;
      if (mayBe && isAt(numberIn(slot), highBits, lowBits, length)) {
        break;
      }
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean isAt(int number, long highBits, long lowBits, int length) {
    return ipv4
        ? high.get(number) == (highBits | length)
        : high.get(number) == highBits
            && low.get(number) == lowBits
            && lengths.get(number) == (byte) length;
  }

  private void put(int number, long highBits, long lowBits, int length) {
    if (ipv4) {
      high.set(number, highBits | length);
    } else {
      high.set(number, highBits);
      low.set(number, lowBits);
      lengths.set(number, (byte) length);
    }
  }

  private long high(int number) {
    return ipv4 ? high.get(number) & 0xFFFF_FFFF_0000_0000L : high.get(number);
  }

  private long low(int number) {
    return ipv4 ? 0 : low.get(number);
  }

  private int length(int number) {
    return ipv4 ? (int) high.get(number) : Byte.toUnsignedInt(lengths.get(number));
  }

  private int hash(long highBits, long lowBits, int length) {
    long mixed = (highBits ^ length ^ seed) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 32 ^ lowBits ^ seed) * 0xD6E8FEB86659FD93L;
    return (int) (mixed ^ mixed >>> 32);
  }

  private int hash(int number) {
    return hash(high(number), low(number), length(number));
  }

  static long high(Prefix prefix) {
    return prefix.address() instanceof Ipv4Address v4
        ? (long) v4.bits() << 32
        : ((Ipv6Address) prefix.address()).high();
  }

  static long low(Prefix prefix) {
    return prefix.address() instanceof Ipv6Address v6 ? v6.low() : 0;
  }

  @Override
  public int findOrAdd(Nlri destination) {
    Prefix prefix = (Prefix) destination;
    return findOrAdd(high(prefix), low(prefix), prefix.length());
  }

  @Override
  public int findOrAdd(List<Nlri> destinations, int index) {
    return destinations instanceof PackedPrefixes packed && packed.isIpv4() == ipv4
        ? findOrAdd(packed.high(index), packed.low(index), packed.length(index))
        : findOrAdd(destinations.get(index));
  }

  /**
   * Reads the slots where the search for them begins. Each is far from the others, and the memory
   * answers several such questions in the time of one, unless all that becomes of one prefix stands
   * between it and the next.
   */
  @Override
  public void approach(List<Nlri> destinations) {
    if (destinations instanceof PackedPrefixes packed && packed.isIpv4() == ipv4) {
      int mask = slots.length - 1;
      int read = 0;
      for (int i = 0; i < packed.size(); i++) {
        read ^= slots[hash(packed.high(i), packed.low(i), packed.length(i)) & mask];
      }
      approached = read;
    }
  }

  /**
   * The number of the prefix with these bits, which is added unless it is there.
   *
   * @param highBits the first 64, those of IPv4 at the top, as {@code PackedPrefixes} has them; 0
   *     after the length
   */
  int findOrAdd(long highBits, long lowBits, int length) {
    int hash = hash(highBits, lowBits, length);
    int slot = slotOf(hash, highBits, lowBits, length);
    if (slots[slot] != 0) {
      return numberIn(slot);
    }
    int number = freeNumber();
    put(number, highBits, lowBits, length);
    slots[slot] = entry(number, hash);
    size++;
    if (3L * size > 2L * slots.length) {
      rehash((slots.length < MANY_SLOTS ? 4 : 2) * slots.length);
    }
    return number;
  }

  private int freeNumber() {
    if (freedCount > 0) {
      return freed[--freedCount];
    }
    high.grow(limit + 1);
    if (!ipv4) {
      low.grow(limit + 1);
      lengths.grow(limit + 1);
    }
    return limit++;
  }

  private void rehash(int capacity) {
    slots = new int[capacity];
    for (int number = 0; number < limit; number++) {
      if (isUsed(number)) {
        int hash = hash(number);
        int slot = hash & capacity - 1;
        while (slots[slot] != 0) {
          slot = slot + 1 & capacity - 1;
        }
        slots[slot] = entry(number, hash);
      }
    }
  }

  @Override
  public void remove(int number) {
    int mask = slots.length - 1;
    int slot = hash(number) & mask;
    while (numberIn(slot) != number) {
      slot = slot + 1 & mask;
    }
    closeGap(slot, mask);
    put(number, 0, 0, FREE);
    free(number);
    size--;
    shrink();
  }

  /** What stands behind the gap and could not stand where it would rather moves forward. */
  private void closeGap(int gap, int mask) {
    int empty = gap;
    for (int slot = gap + 1 & mask; slots[slot] != 0; slot = slot + 1 & mask) {
      int home = hash(numberIn(slot)) & mask;
      boolean reachesOver = (slot - home & mask) >= (slot - empty & mask);
      if (reachesOver) {
        slots[empty] = slots[slot];
        empty = slot;
      }
    }
    slots[empty] = 0;
  }

  private void free(int number) {
    if (freedCount == freed.length) {
      freed = Arrays.copyOf(freed, Math.max(FIRST_SLOTS, 2 * freedCount));
    }
    freed[freedCount++] = number;
  }

  /** A table that has become empty gives its memory back; else numbers must stay what they are. */
  private void shrink() {
    if (size == 0) {
      high = new PagedLongs();
      low = new PagedLongs();
      lengths = new PagedBytes();
      slots = new int[FIRST_SLOTS];
      freed = new int[0];
      freedCount = 0;
      limit = 0;
    }
  }

  @Override
  public Nlri get(int number) {
    if (!isUsed(number)) {
      throw new IllegalArgumentException("there is no prefix " + number);
    }
    int length = length(number);
    return ipv4
        ? new Prefix(new Ipv4Address((int) (high(number) >>> 32)), length)
        : new Prefix(new Ipv6Address(high(number), low(number)), length);
  }

  @Override
  public void write(int number, long pathIdentifier, UpdatePacker packer) {
    packer.prefix(pathIdentifier, high(number), low(number), length(number));
  }

  @Override
  public int encodedLength(int number, CodecContext context) {
    return 1 + (length(number) + 7) / 8;
  }

  @Override
  public boolean isUsed(int number) {
    return number < limit && length(number) != FREE;
  }

  @Override
  public int limit() {
    return limit;
  }

  @Override
  public int size() {
    return size;
  }
}
