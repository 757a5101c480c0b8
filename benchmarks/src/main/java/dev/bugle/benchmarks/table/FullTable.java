package dev.bugle.benchmarks.table;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table made from a seed: prefixes, and a tenth as many sets of path attributes. Few sets have
 * many of the prefixes, most have few; prefixes that share a set are neighbours; the sets come in
 * no order.
 */
final class FullTable {

  /** RFC 4271 §4.1. */
  private static final int MAX_MESSAGE = 4096;

  /** Header, length of the withdrawn routes and length of the attributes. */
  private static final int FRAME = 19 + 2 + 2;

  private static final byte UPDATE = 2;

  /** A router that walks its table seldom packs more prefixes than that, though there is room. */
  private static final int MOST_PREFIXES = 100;

  /** How unequal the sets are: the exponent of Lomax's distribution. */
  private static final double INEQUALITY = 1.2;

  private final PrefixSet prefixes;
  private final List<Group> groups;

  /** Some of the prefixes, in {@code order} from one index to another, and their attributes. */
  private record Group(AttributeSet attributes, int from, int to) {}

  /** The numbers of the prefixes, by address. */
  private final int[] order;

  private final Map<Neighbor, ByteBuffer> written = new HashMap<>();

  private FullTable(PrefixSet prefixes, List<Group> groups, int[] order) {
    this.prefixes = prefixes;
    this.groups = groups;
    this.order = order;
  }

  /** The same table for the same count and seed. */
  static FullTable of(int count, long seed) {
    Random random = new Random(seed);
    PrefixSet prefixes = PrefixSet.random(count, random);
    int[] order =
        IntStream.range(0, count)
            .mapToLong(number -> ((prefixes.address(number) & 0xffffffffL) << 32) | number)
            .sorted()
            .mapToInt(key -> (int) key)
            .toArray();
    int sets = Math.max(1, count / 10);
    int[] bounds = bounds(count, sets, random);
    List<Group> groups = new ArrayList<>(sets);
    Set<ByteBuffer> known = new HashSet<>(2 * sets);
    while (groups.size() < sets) {
      AttributeSet attributes = AttributeSet.random(random);
      if (known.add(attributes.content())) {
        int at = groups.size();
        groups.add(new Group(attributes, bounds[at], bounds[at + 1]));
      }
    }
    Collections.shuffle(groups, random);
    return new FullTable(prefixes, groups, order);
  }

  /** Parts a count into so many parts of at least one each. */
  private static int[] bounds(int count, int parts, Random random) {
    double[] sums = new double[parts + 1];
    for (int part = 1; part <= parts; part++) {
      sums[part] = sums[part - 1] + Math.pow(1 - random.nextDouble(), -1 / INEQUALITY) - 1;
    }
    int spare = count - parts;
    int[] bounds = new int[parts + 1];
    Arrays.setAll(bounds, part -> part + (int) (spare * (sums[part] / sums[parts])));
    return bounds;
  }

  /** Its prefixes. */
  PrefixSet prefixes() {
    return prefixes;
  }

  /** How many sets of attributes it has. */
  int attributeSets() {
    return groups.size();
  }

  /** The prefix that is sent last, as people write it. */
  String last() {
    return prefixes.text(order[groups.get(groups.size() - 1).to - 1]);
  }

  /** How many UPDATEs it takes. */
  int updates() {
    int updates = 0;
    for (Group group : groups) {
      for (int from = group.from; from < group.to; from = end(group, from)) {
        updates++;
      }
    }
    return updates;
  }

  /**
   * All of it as UPDATEs of this sender, in a direct buffer that is ready to be read. It is made
   * once.
   */
  ByteBuffer updates(Neighbor sender) {
    return written.computeIfAbsent(sender, this::write).duplicate();
  }

  private ByteBuffer write(Neighbor sender) {
    long octets = 0;
    for (Group group : groups) {
      for (int from = group.from; from < group.to; from = end(group, from)) {
        octets += FRAME + group.attributes.length();
      }
      for (int i = group.from; i < group.to; i++) {
        octets += size(i);
      }
    }
    ByteBuffer all = ByteBuffer.allocateDirect(Math.toIntExact(octets));
    for (Group group : groups) {
      for (int from = group.from; from < group.to; from = end(group, from)) {
        write(all, sender, group, from);
      }
    }
    return all.flip();
  }

  /** Where the UPDATE that begins with this prefix of a group ends. */
  private int end(Group group, int from) {
    int room = MAX_MESSAGE - FRAME - group.attributes.length();
    int to = from;
    while (to < group.to && to < from + MOST_PREFIXES && room >= size(to)) {
      room -= size(to);
      to++;
    }
    return to;
  }

  private int size(int index) {
    return 1 + (prefixes.length(order[index]) + 7) / 8;
  }

  private void write(ByteBuffer all, Neighbor sender, Group group, int from) {
    int start = all.position();
    all.putLong(-1).putLong(-1).putShort((short) 0).put(UPDATE);
    all.putShort((short) 0).putShort((short) group.attributes.length());
    group.attributes.write(all, sender);
    int to = end(group, from);
    for (int i = from; i < to; i++) {
      int address = prefixes.address(order[i]);
      int length = prefixes.length(order[i]);
      all.put((byte) length);
      for (int bit = 0; bit < length; bit += 8) {
        all.put((byte) (address >>> (24 - bit)));
      }
    }
    all.putShort(start + 16, (short) (all.position() - start));
  }
}
