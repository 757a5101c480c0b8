package dev.bugle.benchmarks.table;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What one receiver has been told: which prefixes of a set are announced to it. It looks at no
 * attribute. One thread tells it; any may ask.
 */
final class UpdateCounter implements Session.Updates {

  private static final int HEADER = 19;

  private final PrefixSet prefixes;
  private final long[] held;
  private int count;
  private long read;
  private volatile long announcements;
  private volatile int told;
  private volatile long changed;

  UpdateCounter(PrefixSet prefixes) {
    this.prefixes = prefixes;
    this.held = new long[(prefixes.size() + 63) / 64];
  }

  @Override
  public void take(ByteBuffer message, int start, int end, long now) throws IOException {
    if (end - start < HEADER + 4) {
      throw new IOException("an UPDATE of %d octets; the least is 23".formatted(end - start));
    }
    int withdrawn = start + HEADER + 2;
    int attributes = withdrawn + length(message, withdrawn - 2) + 2;
    int announced = attributes + length(message, Math.min(attributes, end) - 2);
    if (attributes > end || announced > end) {
      throw new IOException("the lengths within an UPDATE of " + (end - start) + " do not fit it");
    }
    withdraw(message, withdrawn, attributes - 2);
    announce(message, announced, end);
    if (announced < end || withdrawn < attributes - 2) {
      announcements = read;
      changed = now;
      told = count;
    }
  }

  private static int length(ByteBuffer message, int at) {
    return message.getShort(at) & 0xffff;
  }

  private void withdraw(ByteBuffer message, int from, int to) throws IOException {
    for (int at = from; at < to; at += octets(message, at, to)) {
      int number = number(message, at, to);
      long bit = 1L << number;
      count -= (held[number >> 6] & bit) == 0 ? 0 : 1;
      held[number >> 6] &= ~bit;
    }
  }

  private void announce(ByteBuffer message, int from, int to) throws IOException {
    for (int at = from; at < to; at += octets(message, at, to)) {
      int number = number(message, at, to);
      long bit = 1L << number;
      count += (held[number >> 6] & bit) == 0 ? 1 : 0;
      held[number >> 6] |= bit;
      read++;
    }
  }

  /** How many octets the prefix at this place takes. */
  private static int octets(ByteBuffer message, int at, int to) throws IOException {
    int octets = 1 + ((message.get(at) & 0xff) + 7) / 8;
    if (octets > 5 || at + octets > to) {
      throw new IOException(
          "a prefix of " + (message.get(at) & 0xff) + " bits does not fit its UPDATE");
    }
    return octets;
  }

  private int number(ByteBuffer message, int at, int to) throws IOException {
    int length = message.get(at) & 0xff;
    int octets = octets(message, at, to);
    int address = 0;
    for (int i = 1; i < octets; i++) {
      address |= (message.get(at + i) & 0xff) << (32 - 8 * i);
    }
    int number = prefixes.number(address, length);
    if (number < 0) {
      throw new IOException("a prefix that nobody has sent, %08x/%d".formatted(address, length));
    }
    return number;
  }

  /** How many prefixes are announced now. */
  int count() {
    return told;
  }

  /** Whether all are. */
  boolean complete() {
    return told == prefixes.size();
  }

  /** When the latest prefix was read, a reading of {@link System#nanoTime}. */
  long changed() {
    return changed;
  }

  /** How often a prefix was announced; one that is announced again counts again. */
  long announcements() {
    return announcements;
  }
}
