package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.Prefix;
import io.netty.buffer.ByteBuf;

/**
 * IP Prefix, type 5 (RFC 9136 §3.1): a prefix that is reached through the VPN.
 *
 * @param distinguisher of the router's instance
 * @param segment that the prefix is behind, where it overlays one
 * @param tag Ethernet Tag ID, 0 to 4294967295
 * @param prefix IPv4 or IPv6
 * @param gateway that the prefix is behind, of the same IP version; all zero for none
 * @param label where to send traffic
 */
public record EvpnIpPrefix(
    RouteDistinguisher distinguisher,
    EthernetSegmentId segment,
    long tag,
    Prefix prefix,
    IpAddress gateway,
    EvpnLabel label)
    implements EvpnRoute {

  static final int TYPE = 5;
  static final String WORD = "prefix";

  /** Without the prefix's address and the gateway. */
  private static final int FIXED_LENGTH =
      RouteDistinguisher.LENGTH + EthernetSegmentId.LENGTH + 4 + 1 + EvpnLabel.LENGTH;

  private static final int IPV4_LENGTH = FIXED_LENGTH + 2 * 4;
  private static final int IPV6_LENGTH = FIXED_LENGTH + 2 * 16;

  /** Checks the tag and the IP version of the gateway. */
  public EvpnIpPrefix {
    EvpnRoute.requireTag(tag);
    if (gateway.isIpv4() != prefix.address().isIpv4()) {
      throw new IllegalArgumentException(
          "gateway " + gateway + " of " + prefix + " is of another IP version");
    }
  }

  static EvpnIpPrefix parse(Words words) {
    RouteDistinguisher distinguisher = EvpnRoute.parseDistinguisher(words);
    EthernetSegmentId segment = EvpnRoute.parseSegment(words);
    long tag = EvpnRoute.parseTag(words);
    Prefix prefix = words.next("a prefix like 203.0.113.0/24", Prefix::parse);
    IpAddress none = prefix.address().isIpv4() ? new Ipv4Address(0) : new Ipv6Address(0, 0);
    IpAddress gateway =
        words.take("gateway") ? words.next("an IP address", IpAddress::parse) : none;
    return new EvpnIpPrefix(
        distinguisher, segment, tag, prefix, gateway, EvpnRoute.parseLabel(words));
  }

  static EvpnIpPrefix decode(ByteBuf value) {
    // Only the length of it all says which IP version it is.
    boolean ipv4 = value.readableBytes() == IPV4_LENGTH;
    if (!ipv4 && value.readableBytes() != IPV6_LENGTH) {
      throw FamilyCodec.malformed(
          "an EVPN prefix route of " + value.readableBytes() + " octets, not 34 or 58");
    }
    RouteDistinguisher distinguisher = RouteDistinguisher.decode(value);
    EthernetSegmentId segment = EthernetSegmentId.decode(value);
    long tag = value.readUnsignedInt();
    int length = value.readUnsignedByte();
    IpAddress address = EvpnRoute.readAddress(value, ipv4);
    if (length > address.bitLength()) {
      throw FamilyCodec.malformed("an EVPN prefix of " + length + " bits");
    }
    return new EvpnIpPrefix(
        distinguisher,
        segment,
        tag,
        new Prefix(address.masked(length), length),
        EvpnRoute.readAddress(value, ipv4),
        new EvpnLabel(value.readUnsignedMedium()));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public int valueLength() {
    return prefix.address().isIpv4() ? IPV4_LENGTH : IPV6_LENGTH;
  }

  @Override
  public void encodeValue(ByteBuf out) {
    distinguisher.encode(out);
    segment.encode(out);
    out.writeInt((int) tag);
    out.writeByte(prefix.length());
    prefix.address().writeTo(out);
    gateway.writeTo(out);
    out.writeMedium(label.bits());
  }

  /** Like {@code prefix 65001:100 esi 0 tag 0 203.0.113.0/24 gateway 192.0.2.1 label 100}. */
  @Override
  public String toString() {
    String through = gateway.isUnspecified() ? "" : " gateway " + gateway;
    return WORD
        + " "
        + distinguisher
        + " esi "
        + segment
        + " tag "
        + tag
        + " "
        + prefix
        + through
        + " label "
        + label;
  }
}
