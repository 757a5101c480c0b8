package dev.bugle.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * Prefixes of one IP version without an object for each: {@link #get} makes the {@link Prefix} that
 * it is asked for. Immutable. This is what fields of prefixes are decoded to; who has many of them
 * to deal with can ask for their bits.
 */
public final class PackedPrefixes extends AbstractList<Nlri> implements RandomAccess {

  /** Longs for a prefix: the address at the top and the length at the bottom of one. */
  private static final int IPV4_STRIDE = 1;

  /** Longs for a prefix: the halves of the address, and the length. */
  private static final int IPV6_STRIDE = 3;

  private final boolean ipv4;
  private final long[] words;

  private PackedPrefixes(boolean ipv4, long[] words) {
    this.ipv4 = ipv4;
    this.words = words;
  }

  /**
   * An immutable copy, as {@link List#copyOf} makes it. That one would make objects of a list of
   * this class, which needs no copy.
   */
  public static List<Nlri> copyOf(List<? extends Nlri> destinations) {
    return destinations instanceof PackedPrefixes packed ? packed : List.copyOf(destinations);
  }

  /**
   * Reads prefixes until the field is empty, each as {@link Prefix#decode(ByteBuf, int, boolean)}
   * does.
   *
   * @throws BgpException with UPDATE Message Error/Invalid Network Field
   */
  static PackedPrefixes decode(ByteBuf field, boolean ipv4) {
    int count = count(field, ipv4 ? 32 : 128);
    long[] words = new long[count * (ipv4 ? IPV4_STRIDE : IPV6_STRIDE)];
    for (int i = 0; i < count; i++) {
      int length = field.readUnsignedByte();
      if (ipv4) {
        words[i] = (long) ipv4Bits(field, length) << 32 | length;
      } else {
        words[IPV6_STRIDE * i] = ipv6Bits(field, Math.min(length, 64));
        words[IPV6_STRIDE * i + 1] = ipv6Bits(field, Math.max(length - 64, 0));
        words[IPV6_STRIDE * i + 2] = length;
      }
    }
    return new PackedPrefixes(ipv4, words);
  }

  /** How many prefixes the field has. Where it is malformed, it is read to there and refused. */
  private static int count(ByteBuf field, int longest) {
    int end = field.writerIndex();
    int count = 0;
    for (int at = field.readerIndex(); at < end; count++) {
      int length = field.getUnsignedByte(at);
      int octets = (length + 7) / 8;
      if (length > longest || octets >= end - at) {
        Prefix.decode(field.readerIndex(at + 1), length, longest == 32);
        throw new IllegalStateException("a prefix of " + length + " bits was not refused");
      }
      at += 1 + octets;
    }
    return count;
  }

  private static int ipv4Bits(ByteBuf field, int length) {
    int octets = (length + 7) / 8;
    int bits;
    if (field.readableBytes() >= 4) { // also of the next prefix; cut off below
      bits = field.getInt(field.readerIndex());
      field.skipBytes(octets);
    } else {
      bits = (int) (octets(field, octets) >>> 32);
    }
    return length == 0 ? 0 : bits & (-1 << (32 - length));
  }

  private static long ipv6Bits(ByteBuf field, int length) {
    int octets = (length + 7) / 8;
    return length == 0 ? 0 : octets(field, octets) & (-1L << (64 - length));
  }

  /** Up to eight octets, at the top. */
  private static long octets(ByteBuf field, int count) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (long) field.readUnsignedByte() << (56 - 8 * i);
    }
    return bits;
  }

  /** Appends each prefix, as {@link Prefix#encode} does. */
  void encode(ByteBuf out) {
    for (int i = 0; i < size(); i++) {
      int length = length(i);
      int octets = (length + 7) / 8;
      out.writeByte(length);
      long high = high(i);
      for (int octet = 0; octet < Math.min(octets, 8); octet++) {
        out.writeByte((int) (high >>> (56 - 8 * octet)));
      }
      for (int octet = 8; octet < octets; octet++) {
        out.writeByte((int) (low(i) >>> (120 - 8 * octet)));
      }
    }
  }

  /** How many octets {@link #encode} appends. */
  int encodedLength() {
    int octets = 0;
    for (int i = 0; i < size(); i++) {
      octets += 1 + (length(i) + 7) / 8;
    }
    return octets;
  }

  /** Whether they are IPv4 prefixes; else they are IPv6 prefixes. */
  public boolean isIpv4() {
    return ipv4;
  }

  /** The first 64 bits of the address at this index; an IPv4 address is in the upper half. */
  public long high(int index) {
    return ipv4 ? words[index] & 0xFFFF_FFFF_0000_0000L : words[IPV6_STRIDE * index];
  }

  /** The last 64 bits of the address at this index; 0 for IPv4. */
  public long low(int index) {
    return ipv4 ? 0 : words[IPV6_STRIDE * index + 1];
  }

  /** The length in bits of the prefix at this index. */
  public int length(int index) {
    return (int) (ipv4 ? words[index] & 0xFF : words[IPV6_STRIDE * index + 2]);
  }

  @Override
  public Prefix get(int index) {
    IpAddress address =
        ipv4
            ? new Ipv4Address((int) (words[index] >>> 32))
            : new Ipv6Address(high(index), low(index));
    return new Prefix(address, length(index));
  }

  @Override
  public int size() {
    return words.length / (ipv4 ? IPV4_STRIDE : IPV6_STRIDE);
  }

  @Override
  public boolean equals(Object other) {
    if (other instanceof PackedPrefixes packed && packed.ipv4 == ipv4) {
      return Arrays.equals(words, packed.words);
    }
    return super.equals(other);
  }

  /** As that of every list with these prefixes. */
  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
