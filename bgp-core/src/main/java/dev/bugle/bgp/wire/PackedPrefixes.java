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
    byte[] octets = new byte[field.readableBytes()]; // which are quicker to look at, one by one
    field.getBytes(field.readerIndex(), octets);
    int count = count(octets, ipv4 ? 32 : 128);
    if (count < 0) {
      throw refusal(field, ipv4);
    }
    long[] words = new long[count * (ipv4 ? IPV4_STRIDE : IPV6_STRIDE)];
    int at = 0;
    for (int i = 0; i < count; i++) {
      int length = octets[at++] & 0xFF;
      if (ipv4) {
        words[i] = bits(octets, at, length) | length;
      } else {
        words[IPV6_STRIDE * i] = bits(octets, at, Math.min(length, 64));
        words[IPV6_STRIDE * i + 1] = bits(octets, at + 8, length - 64);
        words[IPV6_STRIDE * i + 2] = length;
      }
      at += (length + 7) / 8;
    }
    field.skipBytes(at);
    return new PackedPrefixes(ipv4, words);
  }

  /** How many prefixes there are; -1 where they are malformed. */
  private static int count(byte[] octets, int longest) {
    int count = 0;
    for (int at = 0; at < octets.length; count++) {
      int length = octets[at] & 0xFF;
      at += 1 + (length + 7) / 8;
      if (length > longest || at > octets.length) {
        return -1;
      }
    }
    return count;
  }

  /** Reads up to the prefix that is malformed, which is refused as by itself. */
  private static RuntimeException refusal(ByteBuf field, boolean ipv4) {
    while (field.isReadable()) {
      Prefix.decode(field, field.readUnsignedByte(), ipv4);
    }
    return new IllegalStateException("no prefix is refused");
  }

  /** So many bits from there on, up to 64, at the top; none where they are less than one. */
  private static long bits(byte[] octets, int from, int count) {
    if (count <= 0) {
      return 0;
    }
    long bits = 0;
    int end = from + (count + 7) / 8;
    for (int at = from, shift = 56; at < end; at++, shift -= 8) {
      bits |= (octets[at] & 0xFFL) << shift;
    }
    return bits & (-1L << (64 - count));
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
