package dev.bugle.bgp.wire.message;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;

/**
 * The attributes of an announcement as they stand on the wire: written once for all the UPDATEs
 * that an {@link UpdatePacker} makes of its destinations.
 */
public final class AttributeBlock {

  /**
   * The value of MP_REACH_NLRI before the destinations; empty where these are in the NLRI field.
   */
  private final byte[] reach;

  /** All other attributes. */
  private final byte[] attributes;

  private AttributeBlock(byte[] reach, byte[] attributes) {
    this.reach = reach;
    this.attributes = attributes;
  }

  /**
   * Writes the attributes of destinations of a family.
   *
   * @param attributes without NEXT_HOP and MP_REACH_NLRI
   * @param nextHop empty where the family has no next hops
   * @throws IllegalArgumentException when a next hop of this kind is not allowed for the family, or
   *     was not agreed on (RFC 8950)
   */
  public static AttributeBlock of(
      AddressFamily family,
      PathAttributes attributes,
      Optional<IpAddress> nextHop,
      CodecContext context) {
    ByteBuf scratch = Unpooled.buffer(128);
    if (family.equals(AddressFamily.IPV4_UNICAST)
        && nextHop.orElse(null) instanceof Ipv4Address address) {
      attributes.with(new NextHop(address)).encode(scratch, context);
      return new AttributeBlock(new byte[0], octets(scratch));
    }
    MpReach.of(family, nextHop, List.of()).encodeValue(scratch, context);
    byte[] reach = octets(scratch);
    attributes.encode(scratch.clear(), context);
    return new AttributeBlock(reach, octets(scratch));
  }

  private static byte[] octets(ByteBuf written) {
    byte[] octets = new byte[written.readableBytes()];
    written.readBytes(octets);
    return octets;
  }

  boolean isMultiprotocol() {
    return reach.length > 0;
  }

  byte[] reach() {
    return reach;
  }

  byte[] attributes() {
    return attributes;
  }

  /** Octets of an UPDATE with these attributes and no destination, at most. */
  public int messageLength() {
    int reachHeader = isMultiprotocol() ? UpdatePacker.LONG_ATTRIBUTE_HEADER : 0;
    return UpdateMessage.MIN_LENGTH + reachHeader + reach.length + attributes.length;
  }
}
