package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.IpAddress;
import io.netty.buffer.ByteBuf;

/**
 * Ethernet Segment, type 4 (RFC 7432 §7.4): by it the routers of a segment find one another.
 *
 * @param distinguisher of the router
 * @param segment that it has a link to
 * @param originator address of the router
 */
public record EvpnEthernetSegment(
    RouteDistinguisher distinguisher, EthernetSegmentId segment, IpAddress originator)
    implements EvpnRoute {

  static final int TYPE = 4;
  static final String WORD = "segment";

  private static final int HEAD_LENGTH = RouteDistinguisher.LENGTH + EthernetSegmentId.LENGTH;

  static EvpnEthernetSegment parse(Words words) {
    return new EvpnEthernetSegment(
        EvpnRoute.parseDistinguisher(words),
        EvpnRoute.parseSegment(words),
        EvpnRoute.parseAddress(words));
  }

  static EvpnEthernetSegment decode(ByteBuf value) {
    FamilyCodec.require(value, HEAD_LENGTH, "an Ethernet segment route");
    return new EvpnEthernetSegment(
        RouteDistinguisher.decode(value),
        EthernetSegmentId.decode(value),
        EvpnRoute.decodeAddress(value, "an Ethernet segment route"));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public int valueLength() {
    return HEAD_LENGTH + 1 + originator.bitLength() / 8;
  }

  @Override
  public void encodeValue(ByteBuf out) {
    distinguisher.encode(out);
    segment.encode(out);
    EvpnRoute.encodeAddress(originator, out);
  }

  /** Like {@code segment 192.0.2.1:0 esi 03:02:00:5e:00:53:01:00:00:07 ip 192.0.2.1}. */
  @Override
  public String toString() {
    return WORD + " " + distinguisher + " esi " + segment + " ip " + originator;
  }
}
