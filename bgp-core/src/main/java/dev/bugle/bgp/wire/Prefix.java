package dev.bugle.bgp.wire;

import io.netty.buffer.ByteBuf;

/**
 * An IPv4 or IPv6 prefix; as NLRI, unicast reachability (RFC 4271 §4.3).
 *
 * @param address the network address; bits after the length are zero
 * @param length in bits, 0 to 32 or 0 to 128
 */
public record Prefix(IpAddress address, int length) implements Nlri {

  /** Checks the length, and that no host bit is set. */
  public Prefix {
    if (length < 0 || length > address.bitLength()) {
      throw new IllegalArgumentException(
          "prefix length "
              + length
              + " is not in 0 to "
              + address.bitLength()
              + " ("
              + address
              + ")");
    }
    if (!address.masked(length).equals(address)) {
      throw new IllegalArgumentException(
          address
              + "/"
              + length
              + " has host bits set; the prefix is "
              + address.masked(length)
              + "/"
              + length);
    }
  }

  /**
   * Parses {@code 203.0.113.10/32} or {@code 2001:db8::10/128}; the length must be there.
   *
   * @throws IllegalArgumentException saying what is wrong with the text, and where
   */
  public static Prefix parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "'" + text + "' has no prefix length; write it like 203.0.113.10/32 or 2001:db8::1/128");
    }
    IpAddress address = IpAddress.parse(text.substring(0, slash));
    return new Prefix(address, parseLength(text, slash + 1, address.bitLength()));
  }

  private static int parseLength(String text, int start, int max) {
    int digits = text.length() - start;
    int length = 0;
    boolean isNumber = digits == 1 || ((digits == 2 || digits == 3) && text.charAt(start) != '0');
    for (int i = start; isNumber && i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      isNumber = digit >= 0 && digit <= 9;
      length = length * 10 + digit;
    }
    if (!isNumber) {
      throw new IllegalArgumentException(
          "'"
              + text.substring(start)
              + "' in '"
              + text
              + "' is not a prefix length; expected 0 to "
              + max
              + " (column "
              + (start + 1)
              + ")");
    }
    return length;
  }

  /** Whether the address is of the same IP version and begins with the bits of this prefix. */
  public boolean contains(IpAddress other) {
    return other.bitLength() == address.bitLength() && other.masked(length).equals(address);
  }

  /** IPv4 or IPv6 unicast; the same prefix may also be one of another family. */
  public AddressFamily family() {
    return address.isIpv4() ? AddressFamily.IPV4_UNICAST : AddressFamily.IPV6_UNICAST;
  }

  /** Whether every address of the other prefix is also in this one; itself is. */
  public boolean covers(Prefix other) {
    return length <= other.length && address.beginsLike(other.address, length);
  }

  /** Octets on the wire: one for the length, then as many as hold the bits. */
  public int encodedLength() {
    return 1 + (length + 7) / 8;
  }

  /** Appends the length octet and the significant octets. */
  public void encode(ByteBuf out) {
    out.writeByte(length);
    address.writeTo(out, (length + 7) / 8);
  }

  /**
   * Reads the length octet of a prefix and its significant octets; see {@link #decode(ByteBuf, int,
   * boolean)}.
   */
  static Prefix decode(ByteBuf in, boolean ipv4) {
    return decode(in, in.readUnsignedByte(), ipv4);
  }

  /**
   * Reads the significant octets of a prefix whose length is known. Bits after the length are
   * cleared, since their value is irrelevant (RFC 4271 §4.3).
   *
   * @param length in bits, from the wire
   * @throws BgpException with UPDATE Message Error/Invalid Network Field
   */
  public static Prefix decode(ByteBuf in, int length, boolean ipv4) {
    int octets = (length + 7) / 8;
    if (length > (ipv4 ? 32 : 128)) {
      throw new BgpException(
          BgpError.INVALID_NETWORK_FIELD,
          "prefix length "
              + length
              + " is longer than an "
              + (ipv4 ? "IPv4" : "IPv6")
              + " address");
    }
    if (octets > in.readableBytes()) {
      throw new BgpException(
          BgpError.INVALID_NETWORK_FIELD,
          "a prefix of "
              + length
              + " bits needs "
              + octets
              + " octets, "
              + in.readableBytes()
              + " are left");
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < octets; i++) {
      long octet = in.readUnsignedByte();
      if (i < 8) {
        high |= octet << (56 - 8 * i);
      } else {
        low |= octet << (120 - 8 * i);
      }
    }
    IpAddress address = ipv4 ? new Ipv4Address((int) (high >>> 32)) : new Ipv6Address(high, low);
    return new Prefix(address.masked(length), length);
  }

  /** As a record's, without its slow first calls: tables of routes hash prefixes all the time. */
  @Override
  public int hashCode() {
    return 31 * address.hashCode() + length;
  }

  @Override
  public String toString() {
    return address + "/" + length;
  }
}
