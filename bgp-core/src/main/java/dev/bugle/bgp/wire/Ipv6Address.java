package dev.bugle.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * An IPv6 address, without a zone.
 *
 * @param high the first 64 bits in network order
 * @param low the last 64 bits in network order
 */
public record Ipv6Address(long high, long low) implements IpAddress {

  /**
   * Parses the forms of RFC 4291 §2.2: full, {@code ::}, and with a dotted IPv4 tail.
   *
   * @throws IllegalArgumentException naming the text, and the column where it stops being one
   */
  public static Ipv6Address parse(String text) {
    int gap = text.indexOf("::");
    List<Integer> head;
    List<Integer> tail;
    if (gap < 0) {
      head = groups(text, 0, text.length(), true);
      tail = List.of();
    } else {
      head = groups(text, 0, gap, false);
      tail = groups(text, gap + 2, text.length(), true);
    }
    int missing = 8 - head.size() - tail.size();
    if (gap < 0 ? missing != 0 : missing < 1) {
      throw AddressText.notAnAddress(text, text.length()); // too few or too many groups
    }
    List<Integer> all = new ArrayList<>(head);
    for (int i = 0; i < missing; i++) {
      all.add(0);
    }
    all.addAll(tail);
    return new Ipv6Address(join(all.subList(0, 4)), join(all.subList(4, 8)));
  }

  private static List<Integer> groups(String text, int from, int to, boolean atEnd) {
    List<Integer> groups = new ArrayList<>();
    int start = from;
    while (start < to || (start == to && from < to)) { // a colon at the end is followed by nothing
      int colon = text.indexOf(':', start);
      int end = colon < 0 || colon > to ? to : colon;
      if (atEnd && end == to && text.indexOf('.', start) >= 0) {
        int bits = ipv4Tail(text, start);
        groups.add(bits >>> 16);
        groups.add(bits & 0xFFFF);
      } else {
        groups.add(group(text, start, end));
      }
      start = end + 1;
    }
    return groups;
  }

  /** One to four hexadecimal digits. */
  private static int group(String text, int start, int end) {
    int value = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0 || i == start + 4) {
        throw AddressText.notAnAddress(text, i);
      }
      value = value << 4 | digit;
    }
    if (start == end) {
      throw AddressText.notAnAddress(text, start);
    }
    return value;
  }

  private static int ipv4Tail(String text, int start) {
    try {
      return Ipv4Address.parse(text.substring(start)).bits();
    } catch (IllegalArgumentException namesOnlyTheTail) {
      throw AddressText.notAnAddress(text, start);
    }
  }

  private static long join(List<Integer> fourGroups) {
    long bits = 0;
    for (int group : fourGroups) {
      bits = bits << 16 | group;
    }
    return bits;
  }

  /** The address of these sixteen octets. */
  public static Ipv6Address of(byte[] octets) {
    if (octets.length == 4) { // the JDK turns IPv4-mapped addresses into IPv4
      return new Ipv6Address(
          0, 0xFFFF_0000_0000L | Integer.toUnsignedLong(Ipv4Address.of(octets).bits()));
    }
    if (octets.length != 16) {
      throw new IllegalArgumentException("an IPv6 address has 16 octets, not " + octets.length);
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < 8; i++) {
      high = high << 8 | Byte.toUnsignedInt(octets[i]);
      low = low << 8 | Byte.toUnsignedInt(octets[i + 8]);
    }
    return new Ipv6Address(high, low);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(high) + Long.hashCode(low);
  }

  @Override
  public int bitLength() {
    return 128;
  }

  @Override
  public Ipv6Address masked(int length) {
    if (length <= 64) {
      return new Ipv6Address(length == 0 ? 0 : high & -1L << (64 - length), 0);
    }
    return new Ipv6Address(high, low & -1L << (128 - length));
  }

  @Override
  public boolean beginsLike(IpAddress other, int length) {
    if (!(other instanceof Ipv6Address that)) {
      return false;
    }
    return length <= 64
        ? length == 0 || (high ^ that.high) >>> (64 - length) == 0
        : high == that.high && (low ^ that.low) >>> (128 - length) == 0;
  }

  @Override
  public void writeTo(ByteBuf out) {
    out.writeLong(high);
    out.writeLong(low);
  }

  @Override
  public void writeTo(ByteBuf out, int count) {
    for (int i = 0; i < count; i++) {
      out.writeByte((int) (i < 8 ? high >>> (56 - 8 * i) : low >>> (120 - 8 * i)));
    }
  }

  @Override
  public boolean isUnspecified() {
    return high == 0 && low == 0;
  }

  @Override
  public boolean isMulticast() {
    return high >>> 56 == 0xFF;
  }

  /** fe80::/10: valid on one link only. */
  public boolean isLinkLocal() {
    return high >>> 54 == 0x3FA;
  }

  @Override
  public InetAddress toInetAddress() {
    byte[] octets = new byte[16];
    for (int i = 0; i < 8; i++) {
      octets[i] = (byte) (high >>> (56 - 8 * i));
      octets[i + 8] = (byte) (low >>> (56 - 8 * i));
    }
    try {
      return Inet6Address.getByAddress(null, octets, -1);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /**
   * The form of RFC 5952: lower case, the longest run of zero groups as {@code ::}, and an
   * IPv4-mapped address with its IPv4 form ({@code ::ffff:192.0.2.1}).
   */
  @Override
  public String toString() {
    if (high == 0 && low >>> 32 == 0xFFFF) {
      return "::ffff:" + new Ipv4Address((int) low);
    }
    int bestStart = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && group(end) == 0) {
        end++;
      }
      if (end - i > bestLength) {
        bestStart = i;
        bestLength = end - i;
      }
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == bestStart) {
        text.append("::");
        i += bestLength - 1;
      } else {
        if (i > 0 && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }

  private int group(int index) {
    return (int) ((index < 4 ? high >>> (48 - 16 * index) : low >>> (112 - 16 * index)) & 0xFFFF);
  }
}
