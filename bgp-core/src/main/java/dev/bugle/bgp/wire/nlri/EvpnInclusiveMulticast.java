package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.IpAddress;
import io.netty.buffer.ByteBuf;

/**
 * Inclusive Multicast Ethernet Tag, type 3 (RFC 7432 §7.3): a router takes part in a broadcast
 * domain. How it is reached is in the PMSI Tunnel attribute.
 *
 * @param distinguisher of the router's instance
 * @param tag Ethernet Tag ID, 0 to 4294967295
 * @param originator address of the router
 */
public record EvpnInclusiveMulticast(
    RouteDistinguisher distinguisher, long tag, IpAddress originator) implements EvpnRoute {

  static final int TYPE = 3;
  static final String WORD = "multicast";

  private static final int HEAD_LENGTH = RouteDistinguisher.LENGTH + 4;

  /** Checks the range of the tag. */
  public EvpnInclusiveMulticast {
    EvpnRoute.requireTag(tag);
  }

  static EvpnInclusiveMulticast parse(Words words) {
    return new EvpnInclusiveMulticast(
        EvpnRoute.parseDistinguisher(words),
        EvpnRoute.parseTag(words),
        EvpnRoute.parseAddress(words));
  }

  static EvpnInclusiveMulticast decode(ByteBuf value) {
    FamilyCodec.require(value, HEAD_LENGTH, "an inclusive multicast route");
    return new EvpnInclusiveMulticast(
        RouteDistinguisher.decode(value),
        value.readUnsignedInt(),
        EvpnRoute.decodeAddress(value, "an inclusive multicast route"));
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
    out.writeInt((int) tag);
    EvpnRoute.encodeAddress(originator, out);
  }

  /** Like {@code multicast 65001:100 tag 0 ip 192.0.2.1}. */
  @Override
  public String toString() {
    return WORD + " " + distinguisher + " tag " + tag + " ip " + originator;
  }
}
