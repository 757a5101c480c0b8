package dev.bugle.bgp.wire.nlri;

import io.netty.buffer.ByteBuf;

/**
 * Ethernet Auto-Discovery, type 1 (RFC 7432 §7.1): a router has a link to a segment.
 *
 * @param distinguisher of the router's instance
 * @param segment that it has a link to
 * @param tag Ethernet Tag ID, 0 to 4294967295; the highest for the segment as a whole
 * @param label where to send traffic; 0 for the segment as a whole
 */
public record EvpnAutoDiscovery(
    RouteDistinguisher distinguisher, EthernetSegmentId segment, long tag, EvpnLabel label)
    implements EvpnRoute {

  static final int TYPE = 1;
  static final String WORD = "auto-discovery";

  private static final int LENGTH =
      RouteDistinguisher.LENGTH + EthernetSegmentId.LENGTH + 4 + EvpnLabel.LENGTH;

  /** Checks the range of the tag. */
  public EvpnAutoDiscovery {
    EvpnRoute.requireTag(tag);
  }

  static EvpnAutoDiscovery parse(Words words) {
    return new EvpnAutoDiscovery(
        EvpnRoute.parseDistinguisher(words),
        EvpnRoute.parseSegment(words),
        EvpnRoute.parseTag(words),
        EvpnRoute.parseLabel(words));
  }

  static EvpnAutoDiscovery decode(ByteBuf value) {
    FamilyCodec.require(value, LENGTH, "an auto-discovery route");
    return new EvpnAutoDiscovery(
        RouteDistinguisher.decode(value),
        EthernetSegmentId.decode(value),
        value.readUnsignedInt(),
        new EvpnLabel(value.readUnsignedMedium()));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public int valueLength() {
    return LENGTH;
  }

  @Override
  public void encodeValue(ByteBuf out) {
    distinguisher.encode(out);
    segment.encode(out);
    out.writeInt((int) tag);
    out.writeMedium(label.bits());
  }

  /** Like {@code auto-discovery 65001:100 esi 03:02:00:5e:00:53:01:00:00:07 tag 0 label 1601}. */
  @Override
  public String toString() {
    return WORD + " " + distinguisher + " esi " + segment + " tag " + tag + " label " + label;
  }
}
