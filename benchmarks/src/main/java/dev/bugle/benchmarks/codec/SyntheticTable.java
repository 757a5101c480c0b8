package dev.bugle.benchmarks.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Random;

/**
 * A full table as UPDATEs on the wire, made up, but always the same: IPv4 prefixes, and ten times
 * fewer sets of attributes. Written octet by octet here, so that no contender has a part in it.
 *
 * <p>The attributes are those that all contenders know: ORIGIN, an AS_PATH of 2 to 7 numbers of
 * four octets, NEXT_HOP; of each second set MULTI_EXIT_DISC, of two in three 1 to 8 COMMUNITIES, of
 * one in sixteen an AGGREGATOR.
 *
 * @param stream the messages, one behind the other; direct memory, as a socket fills it
 * @param destinations how many NLRI they have together
 * @param messages how many they are
 */
record SyntheticTable(ByteBuf stream, int destinations, int messages) {

  private static final int LENGTH_AT = 16;

  /** How the prefixes are spread over UPDATEs. */
  enum Packing {
    /**
     * As routers send a table, the prefixes of one set together: about 9.6 in a message, and for a
     * set in 25 there is a second message.
     */
    packed,
    /**
     * As in dumps of a table (MRT): a message for each prefix, and its neighbour has another set.
     */
    single
  }

  /** A table of this many prefixes. */
  static SyntheticTable of(Packing packing, int prefixes) {
    int sets = Math.max(1, prefixes / 10);
    Prefixes source = new Prefixes();
    ByteBuf stream = PooledByteBufAllocator.DEFAULT.directBuffer(16 << 20);
    int messages = packing == Packing.packed ? sets + sets / 25 : prefixes;
    int left = prefixes;
    for (int message = 0; message < messages; message++) {
      int fair = left / (messages - message);
      int count =
          packing == Packing.single || message == messages - 1
              ? fair
              : Math.min(left, Math.max(1, fair + source.random.nextInt(9) - 4));
      int set = packing == Packing.packed ? message % sets : source.random.nextInt(sets);
      write(stream, set, count, source);
      left -= count;
    }
    return new SyntheticTable(stream, prefixes, messages);
  }

  private static void write(ByteBuf out, int set, int count, Prefixes prefixes) {
    int start = out.writerIndex();
    out.writeLong(-1).writeLong(-1).writeShort(0).writeByte(2);
    out.writeShort(0);
    int attributes = out.writerIndex();
    out.writeShort(0);
    writeAttributes(out, new Random(set));
    out.setShort(attributes, out.writerIndex() - attributes - 2);
    for (int i = 0; i < count; i++) {
      prefixes.writeNext(out);
    }
    out.setShort(start + LENGTH_AT, out.writerIndex() - start);
  }

  private static void writeAttributes(ByteBuf out, Random random) {
    out.writeShort(0x4001).writeByte(1).writeByte(random.nextInt(8) == 0 ? 2 : 0);
    int hops = 2 + random.nextInt(6);
    out.writeShort(0x4002).writeByte(2 + 4 * hops).writeByte(2).writeByte(hops);
    for (int hop = 0; hop < hops; hop++) {
      out.writeInt(hop == 0 ? 65000 : 1 + random.nextInt(400_000));
    }
    out.writeShort(0x4003).writeByte(4).writeInt(0xC0000201);
    if (random.nextInt(2) == 0) {
      out.writeShort(0x8004).writeByte(4).writeInt(random.nextInt(1000));
    }
    if (random.nextInt(16) == 0) {
      out.writeShort(0xC007)
          .writeByte(8)
          .writeInt(1 + random.nextInt(400_000))
          .writeInt(0xC0000202);
    }
    if (random.nextInt(3) != 0) {
      int communities = 1 + random.nextInt(8);
      out.writeShort(0xC008).writeByte(4 * communities);
      for (int i = 0; i < communities; i++) {
        out.writeInt((1 + random.nextInt(60_000)) << 16 | random.nextInt(10_000));
      }
    }
  }

  /** Different prefixes in ascending order; three in five are of 24 bits, none is of more. */
  private static final class Prefixes {
    private final Random random = new Random(4271);
    private int next = 1 << 24;

    void writeNext(ByteBuf out) {
      int length = random.nextInt(5) < 3 ? 24 : 20 + random.nextInt(4);
      int size = 1 << (32 - length);
      int address = next + size - 1 & -size;
      next = address + size;
      out.writeByte(length).writeMedium(address >>> 8);
    }
  }
}
