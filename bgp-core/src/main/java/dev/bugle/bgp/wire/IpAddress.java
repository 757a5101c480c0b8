package dev.bugle.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;

/** An IPv4 or IPv6 address. Parsing takes literals only; no name is ever looked up. */
public sealed interface IpAddress permits Ipv4Address, Ipv6Address {

  /**
   * Parses {@code 192.0.2.1} or {@code 2001:db8::1} (RFC 4291 §2.2, without a zone).
   *
   * @throws IllegalArgumentException naming the text, when it is no address literal, and the column
   *     where it stops being one
   */
  static IpAddress parse(String text) {
    return text.indexOf(':') >= 0 ? Ipv6Address.parse(text) : Ipv4Address.parse(text);
  }

  /** The same address as this JDK value; a zone is dropped. */
  static IpAddress of(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 4 ? Ipv4Address.of(octets) : Ipv6Address.of(octets);
  }

  /** 32 or 128. */
  int bitLength();

  /** The address with every bit after the first {@code length} cleared. */
  IpAddress masked(int length);

  /** Whether the first {@code length} bits are those of an address of the same IP version. */
  boolean beginsLike(IpAddress other, int length);

  /** Appends the 4 or 16 octets of the address. */
  void writeTo(ByteBuf out);

  /** The first {@code count} octets of the address, most significant first. */
  void writeTo(ByteBuf out, int count);

  /** Whether this is an IPv4 address. */
  default boolean isIpv4() {
    return bitLength() == 32;
  }

  /** All bits zero. */
  boolean isUnspecified();

  /** 224.0.0.0/4 or ff00::/8. */
  boolean isMulticast();

  /** The same address as a JDK value. */
  InetAddress toInetAddress();
}
