package dev.bugle.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An IPv4 address; also a BGP Identifier, which has its form (RFC 6286).
 *
 * @param bits the 32 bits in network order
 */
public record Ipv4Address(int bits) implements IpAddress, Comparable<Ipv4Address> {

  /**
   * Parses four decimal numbers of 0 to 255 without leading zeros.
   *
   * @throws IllegalArgumentException naming the text, and the column where it stops being one
   */
  public static Ipv4Address parse(String text) {
    int bits = 0;
    int at = 0;
    for (int octet = 0; octet < 4; octet++) {
      int start = at;
      int value = 0;
      while (at < text.length() && at - start < 3 && isDigit(text.charAt(at))) {
        value = value * 10 + (text.charAt(at++) - '0');
      }
      boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
      boolean last = octet == 3;
      boolean ends = last ? at == text.length() : at < text.length() && text.charAt(at) == '.';
      boolean isOctet = at > start && !leadingZero && value <= 255;
      if (!isOctet || !ends) {
        throw AddressText.notAnAddress(text, isOctet ? at : start);
      }
      bits = bits << 8 | value;
      at++;
    }
    return new Ipv4Address(bits);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The address of these four octets. */
  public static Ipv4Address of(byte[] octets) {
    if (octets.length != 4) {
      throw new IllegalArgumentException("an IPv4 address has 4 octets, not " + octets.length);
    }
    int bits = 0;
    for (byte octet : octets) {
      bits = bits << 8 | Byte.toUnsignedInt(octet);
    }
    return new Ipv4Address(bits);
  }

  @Override
  public int hashCode() {
    return bits;
  }

  @Override
  public int bitLength() {
    return 32;
  }

  @Override
  public Ipv4Address masked(int length) {
    return new Ipv4Address(length == 0 ? 0 : bits & -1 << (32 - length));
  }

  @Override
  public boolean beginsLike(IpAddress other, int length) {
    return other instanceof Ipv4Address that
        && (length == 0 || (bits ^ that.bits) >>> (32 - length) == 0);
  }

  @Override
  public void writeTo(ByteBuf out) {
    out.writeInt(bits);
  }

  @Override
  public void writeTo(ByteBuf out, int count) {
    for (int i = 0; i < count; i++) {
      out.writeByte(bits >>> (24 - 8 * i));
    }
  }

  @Override
  public boolean isUnspecified() {
    return bits == 0;
  }

  @Override
  public boolean isMulticast() {
    return bits >>> 28 == 0xE;
  }

  @Override
  public InetAddress toInetAddress() {
    try {
      return InetAddress.getByAddress(
          new byte[] {
            (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
          });
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Compares as unsigned integers, as RFC 4271 §6.8 compares BGP Identifiers. */
  @Override
  public int compareTo(Ipv4Address other) {
    return Integer.compareUnsigned(bits, other.bits);
  }

  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 0xFF)
        + "."
        + (bits >>> 8 & 0xFF)
        + "."
        + (bits & 0xFF);
  }
}
