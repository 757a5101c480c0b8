package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;

/**
 * NEXT_HOP: the router to send IPv4 traffic to (RFC 4271 §5.1.3). Other families carry theirs in
 * {@link MpReach}.
 *
 * @param address of a host: not 0.0.0.0, and below 224.0.0.0
 */
public record NextHop(Ipv4Address address) implements PathAttribute {

  /** Checks that it is the address of a host. */
  public NextHop {
    if (!isHost(address)) {
      throw new IllegalArgumentException("next hop " + address + " is not a host address");
    }
  }

  static NextHop decode(ByteBuf value, CodecContext context) {
    AttributeType.requireLength(value, 4, "NEXT_HOP");
    Ipv4Address address = new Ipv4Address(value.readInt());
    // Syntactically a valid host address (RFC 4271 §6.3); whether it can be reached is for the RIB.
    if (!isHost(address)) {
      throw new BgpException(
          BgpError.INVALID_NEXT_HOP, "NEXT_HOP " + address + " is not a host address");
    }
    return new NextHop(address);
  }

  private static boolean isHost(Ipv4Address address) {
    return !address.isUnspecified() && address.bits() >>> 28 < 0xE;
  }

  @Override
  public int typeCode() {
    return AttributeType.NEXT_HOP;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.WELL_KNOWN;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    address.writeTo(out);
  }

  @Override
  public int valueLength(CodecContext context) {
    return 4;
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
