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
   * @throws IllegalArgumentException naming the text
   */
  public static Ipv6Address parse(String text) {
    int gap = text.indexOf("::");
    List<Integer> head;
    List<Integer> tail;
    if (gap < 0) {
      head = groups(text, text, true);
      tail = List.of();
    } else {
      head = groups(text.substring(0, gap), text, false);
      tail = groups(text.substring(gap + 2), text, true);
    }
    int missing = 8 - head.size() - tail.size();
    if (gap < 0 ? missing != 0 : missing < 1) {
      throw notAnAddress(text);
    }
    List<Integer> all = new ArrayList<>(head);
    for (int i = 0; i < missing; i++) {
      all.add(0);
    }
    all.addAll(tail);
    return new Ipv6Address(join(all.subList(0, 4)), join(all.subList(4, 8)));
  }

  private static List<Integer> groups(String part, String whole, boolean atEnd) {
    List<Integer> groups = new ArrayList<>();
    if (part.isEmpty()) {
      return groups;
    }
    String[] texts = part.split(":", -1);
    for (int i = 0; i < texts.length; i++) {
      if (atEnd && i == texts.length - 1 && texts[i].indexOf('.') >= 0) {
        int bits = ipv4Tail(texts[i], whole);
        groups.add(bits >>> 16);
        groups.add(bits & 0xFFFF);
      } else if (texts[i].matches("[0-9a-fA-F]{1,4}")) {
        groups.add(Integer.parseInt(texts[i], 16));
      } else {
        throw notAnAddress(whole);
      }
    }
    return groups;
  }

  private static int ipv4Tail(String tail, String whole) {
    try {
      return Ipv4Address.parse(tail).bits();
    } catch (IllegalArgumentException namesOnlyTheTail) {
      throw notAnAddress(whole);
    }
  }

  private static long join(List<Integer> fourGroups) {
    long bits = 0;
    for (int group : fourGroups) {
      bits = bits << 16 | group;
    }
    return bits;
  }

  private static IllegalArgumentException notAnAddress(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not an IP address; write it like 192.0.2.1 or 2001:db8::1");
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
