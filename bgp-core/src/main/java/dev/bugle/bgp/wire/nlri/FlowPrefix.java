package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.Prefix;
import io.netty.buffer.ByteBuf;

/**
 * The bits that an address must have (RFC 8955 §4.2.2.1; RFC 8956 §3.1, where the bits before an
 * offset do not count).
 *
 * @param type {@link FlowComponentType#DESTINATION} or {@link FlowComponentType#SOURCE}
 * @param prefix the bits at their place in an address; those before the offset are zero
 * @param offset how many of the first bits do not count: less than the length of the prefix, and 0
 *     for IPv4 and for a prefix of length 0
 */
public record FlowPrefix(FlowComponentType type, Prefix prefix, int offset)
    implements FlowComponent {

  /** Checks the type and the offset. */
  public FlowPrefix {
    if (type.kind() != FlowComponentType.Kind.PREFIX) {
      throw new IllegalArgumentException(type + " is no prefix");
    }
    boolean none = offset == 0;
    boolean inside = !prefix.address().isIpv4() && offset > 0 && offset < prefix.length();
    if (!none && !inside) {
      throw new IllegalArgumentException("offset " + offset + " is not inside of " + prefix);
    }
    if (!prefix.address().masked(offset).isUnspecified()) {
      throw new IllegalArgumentException(prefix + " has bits set before its offset " + offset);
    }
  }

  /** A prefix whose bits count from the first. */
  public static FlowPrefix of(FlowComponentType type, Prefix prefix) {
    return new FlowPrefix(type, prefix, 0);
  }

  /** Parses {@code 203.0.113.0/24}, {@code 2001:db8::/32} or {@code ::1234:5678:9a00:0/64-104}. */
  static FlowPrefix parse(FlowComponentType type, String text) {
    int slash = text.indexOf('/');
    int dash = text.indexOf('-', slash + 1);
    if (slash < 0 || dash < 0) {
      return of(type, Prefix.parse(text));
    }
    int offset = Words.number(128).apply(text.substring(slash + 1, dash)).intValue();
    String prefix = text.substring(0, slash + 1) + text.substring(dash + 1);
    return new FlowPrefix(type, Prefix.parse(prefix), offset);
  }

  static FlowPrefix decode(FlowComponentType type, ByteBuf in, boolean ipv4) {
    FamilyCodec.require(in, ipv4 ? 1 : 2, "the length of a " + type + " prefix");
    int length = in.readUnsignedByte();
    if (ipv4) {
      return of(type, Prefix.decode(in, length, true));
    }
    int offset = in.readUnsignedByte();
    boolean everything = length == 0 && offset == 0;
    if (!everything && (length > 128 || offset >= length)) {
      throw FamilyCodec.malformed(
          "a " + type + " prefix of length " + length + " with offset " + offset);
    }
    // On the wire the pattern begins with the bit after the offset.
    Ipv6Address pattern = (Ipv6Address) Prefix.decode(in, length - offset, false).address();
    return new FlowPrefix(type, new Prefix(shiftedRight(pattern, offset), length), offset);
  }

  private static Ipv6Address shiftedRight(Ipv6Address address, int bits) {
    if (bits == 0) {
      return address;
    }
    if (bits >= 64) {
      return new Ipv6Address(0, address.high() >>> (bits - 64));
    }
    return new Ipv6Address(
        address.high() >>> bits, address.low() >>> bits | address.high() << (64 - bits));
  }

  private static Ipv6Address shiftedLeft(Ipv6Address address, int bits) {
    if (bits == 0) {
      return address;
    }
    if (bits >= 64) {
      return new Ipv6Address(address.low() << (bits - 64), 0);
    }
    return new Ipv6Address(
        address.high() << bits | address.low() >>> (64 - bits), address.low() << bits);
  }

  @Override
  public boolean fits(boolean ipv4) {
    return prefix.address().isIpv4() == ipv4;
  }

  @Override
  public void encode(ByteBuf out) {
    out.writeByte(type.code());
    out.writeByte(prefix.length());
    IpAddress pattern = prefix.address();
    if (pattern instanceof Ipv6Address ipv6) {
      out.writeByte(offset);
      pattern = shiftedLeft(ipv6, offset);
    }
    pattern.writeTo(out, patternOctets());
  }

  private int patternOctets() {
    return (prefix.length() - offset + 7) / 8;
  }

  @Override
  public int encodedLength() {
    return (prefix.address().isIpv4() ? 2 : 3) + patternOctets();
  }

  /** Like {@code destination 203.0.113.0/24}. */
  @Override
  public String toString() {
    return type
        + " "
        + (offset == 0 ? prefix : prefix.address() + "/" + offset + "-" + prefix.length());
  }
}
