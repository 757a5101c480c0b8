package dev.bugle.benchmarks.table;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * The path attributes of some routes, encoded (RFC 4271 §4.3) but for what the sender puts in: its
 * AS at the head of the path, and the next hop.
 */
final class AttributeSet {

  /** Of 100 paths, how many have one AS, two, and so on, the sender's included. */
  private static final int[] PATH_LENGTHS = {1, 6, 24, 30, 19, 10, 5, 3, 1, 1};

  private static final int FIRST_AS = 9;
  private static final int TRANSIT_AS_COUNT = 4000;

  private final byte[] octets;
  private final int nextHop;

  private AttributeSet(byte[] octets, int nextHop) {
    this.octets = octets;
    this.nextHop = nextHop;
  }

  /**
   * Draws one, with attributes as they are seen on the Internet: MED, communities and large
   * communities on some.
   */
  static AttributeSet random(Random random) {
    ByteBuffer all = ByteBuffer.allocate(512);
    int origin = random.nextInt(10) == 0 ? 2 : 0;
    all.put(new byte[] {0x40, 1, 1, (byte) origin});
    int hops = pathLength(random);
    all.put(new byte[] {0x40, 2, (byte) (2 + 4 * hops), 2, (byte) hops}).putInt(0);
    for (int hop = 1; hop < hops; hop++) {
      all.putInt(hop == hops - 1 ? edge(random) : transit(random));
    }
    int nextHop = all.put(new byte[] {0x40, 3, 4}).position();
    all.putInt(0);
    if (random.nextInt(10) < 3) {
      all.put(new byte[] {(byte) 0x80, 4, 4}).putInt(random.nextInt(1000));
    }
    if (random.nextInt(10) < 6) {
      int communities = 1 + random.nextInt(8);
      all.put(new byte[] {(byte) 0xc0, 8, (byte) (4 * communities)});
      for (int i = 0; i < communities; i++) {
        all.putInt((transit(random) << 16) | random.nextInt(0x1000));
      }
    }
    if (random.nextInt(10) == 0) {
      int communities = 1 + random.nextInt(4);
      all.put(new byte[] {(byte) 0xc0, 32, (byte) (12 * communities)});
      for (int i = 0; i < communities; i++) {
        all.putInt(edge(random)).putInt(random.nextInt(100)).putInt(random.nextInt(1000));
      }
    }
    byte[] octets = new byte[all.position()];
    all.flip().get(octets);
    return new AttributeSet(octets, nextHop);
  }

  private static int pathLength(Random random) {
    int drawn = random.nextInt(100);
    for (int hops = 1; ; hops++) {
      drawn -= PATH_LENGTHS[hops - 1];
      if (drawn < 0) {
        return hops;
      }
    }
  }

  /** An AS that others are reached through: few, and most often the lowest of them. */
  private static int transit(Random random) {
    double drawn = random.nextDouble();
    return 174 + (int) (drawn * drawn * drawn * TRANSIT_AS_COUNT);
  }

  /** One of 75,000 AS, a third of which takes four octets. */
  private static int edge(Random random) {
    int drawn = random.nextInt(75_000);
    return drawn < 50_000 ? 10_000 + drawn : 131_072 + drawn;
  }

  /** How many octets. */
  int length() {
    return octets.length;
  }

  /** All that the sender does not put in, for comparison. */
  ByteBuffer content() {
    return ByteBuffer.wrap(octets).asReadOnlyBuffer();
  }

  /** Appends the attributes as this sender sends them. */
  void write(ByteBuffer to, Neighbor sender) {
    int start = to.position();
    to.put(octets);
    to.putInt(start + FIRST_AS, sender.asn());
    to.putInt(start + nextHop, sender.nextHop());
  }
}
