package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import io.netty.buffer.ByteBuf;

/**
 * A route of an Ethernet VPN (RFC 7432 §7, RFC 9136): a type, a length, and what the type says. An
 * open registry, so a type that is not known is an {@link EvpnUnknownRoute}.
 */
public sealed interface EvpnRoute extends FamilyNlri
    permits EvpnAutoDiscovery,
        EvpnMacIp,
        EvpnInclusiveMulticast,
        EvpnEthernetSegment,
        EvpnIpPrefix,
        EvpnUnknownRoute {

  /** The route type, 0 to 255. */
  int type();

  /** Octets of what the type says. */
  int valueLength();

  /** Appends what the type says. */
  void encodeValue(ByteBuf out);

  /**
   * Parses the text of any route type; each type shows its own.
   *
   * @throws IllegalArgumentException saying what is wrong where in the text
   */
  static EvpnRoute parse(String text) {
    return Words.parse(
        text,
        words -> {
          if (words.take(EvpnAutoDiscovery.WORD)) {
            return EvpnAutoDiscovery.parse(words);
          }
          if (words.take(EvpnMacIp.WORD)) {
            return EvpnMacIp.parse(words);
          }
          if (words.take(EvpnInclusiveMulticast.WORD)) {
            return EvpnInclusiveMulticast.parse(words);
          }
          if (words.take(EvpnEthernetSegment.WORD)) {
            return EvpnEthernetSegment.parse(words);
          }
          if (words.take(EvpnIpPrefix.WORD)) {
            return EvpnIpPrefix.parse(words);
          }
          if (words.take(EvpnUnknownRoute.WORD)) {
            return EvpnUnknownRoute.parse(words);
          }
          throw words.wrong(
              "one of auto-discovery, mac-ip, multicast, segment, prefix, route-type");
        });
  }

  /** Reads the next route of a field that is not empty. */
  static EvpnRoute decode(ByteBuf field) {
    FamilyCodec.require(field, 2, "type and length of an EVPN route");
    int type = field.readUnsignedByte();
    ByteBuf value = FamilyCodec.slice(field, field.readUnsignedByte(), "EVPN route type " + type);
    EvpnRoute route =
        switch (type) {
          case EvpnAutoDiscovery.TYPE -> EvpnAutoDiscovery.decode(value);
          case EvpnMacIp.TYPE -> EvpnMacIp.decode(value);
          case EvpnInclusiveMulticast.TYPE -> EvpnInclusiveMulticast.decode(value);
          case EvpnEthernetSegment.TYPE -> EvpnEthernetSegment.decode(value);
          case EvpnIpPrefix.TYPE -> EvpnIpPrefix.decode(value);
          default -> new EvpnUnknownRoute(type, Bytes.readAll(value));
        };
    if (value.isReadable()) {
      throw FamilyCodec.malformed(
          "EVPN route type " + type + " is " + value.readableBytes() + " octets too long");
    }
    return route;
  }

  @Override
  default boolean belongsTo(AddressFamily family) {
    return family.equals(AddressFamily.EVPN);
  }

  @Override
  default void encode(ByteBuf out) {
    out.writeByte(type());
    out.writeByte(valueLength());
    encodeValue(out);
  }

  @Override
  default int encodedLength() {
    return 2 + valueLength();
  }

  /** Checks the range of an Ethernet Tag ID. */
  static void requireTag(long tag) {
    if (tag < 0 || tag > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("Ethernet tag " + tag + " is not in 0 to 4294967295");
    }
  }

  /** Reads the rest of a value: the length of an address in bits, and the address. */
  static IpAddress decodeAddress(ByteBuf value, String what) {
    FamilyCodec.require(value, 1, "the address length of " + what);
    int bits = value.readUnsignedByte();
    if (bits != 32 && bits != 128) {
      throw FamilyCodec.malformed("an IP address of " + bits + " bits in " + what);
    }
    FamilyCodec.require(value, bits / 8, "the IP address of " + what);
    return readAddress(value, bits == 32);
  }

  /** The caller has checked that the octets are there. */
  static IpAddress readAddress(ByteBuf value, boolean ipv4) {
    return ipv4
        ? new Ipv4Address(value.readInt())
        : new Ipv6Address(value.readLong(), value.readLong());
  }

  /** Appends the length of an address in bits, and the address. */
  static void encodeAddress(IpAddress address, ByteBuf out) {
    out.writeByte(address.bitLength());
    address.writeTo(out);
  }

  /** The next words: a route distinguisher. */
  static RouteDistinguisher parseDistinguisher(Words words) {
    return words.next("a route distinguisher like 65001:100", RouteDistinguisher::parse);
  }

  /** The next words: {@code esi} and an Ethernet segment. */
  static EthernetSegmentId parseSegment(Words words) {
    return words.after("esi", "an Ethernet segment identifier", EthernetSegmentId::parse);
  }

  /** The next words: {@code tag} and a number. */
  static long parseTag(Words words) {
    return words.after("tag", "an Ethernet tag", Words.number(0xFFFF_FFFFL));
  }

  /** The next words: {@code ip} and an address. */
  static IpAddress parseAddress(Words words) {
    return words.after("ip", "an IP address", IpAddress::parse);
  }

  /** The next words: {@code label} and the field as a number. */
  static EvpnLabel parseLabel(Words words) {
    return words.after("label", "a label field of 0 to 16777215", EvpnLabel::parse);
  }
}
