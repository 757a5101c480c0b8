package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Direction;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.Nlri;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * MP_REACH_NLRI: reachable destinations of any family, with their next hop (RFC 4760 §3).
 *
 * @param family what the destinations are
 * @param nextHop the field as on the wire: for unicast 4 octets, 16, or 32 with a link-local
 *     address (RFC 2545 §3); more than 4 for IPv4 unicast only where that was agreed (RFC 8950)
 * @param nlri the destinations
 */
public record MpReach(AddressFamily family, Bytes nextHop, List<Nlri> nlri)
    implements PathAttribute {

  private static final int IPV4_LENGTH = 4;
  private static final int IPV6_LENGTH = 16;

  /** Checks the length of the next hop and copies the list. */
  public MpReach {
    nlri = List.copyOf(nlri);
    if (!nextHopLengthAllowed(family, nextHop.length())) {
      throw new IllegalArgumentException(
          "a next hop of " + nextHop.length() + " octets is not one for " + family);
    }
  }

  /**
   * Destinations behind one next hop address. An IPv6 one for IPv4 unicast can only be sent where
   * {@link Direction#extendedNextHop} has the family (RFC 8950).
   */
  public static MpReach of(AddressFamily family, IpAddress nextHop, List<? extends Nlri> nlri) {
    ByteBuf field = Unpooled.buffer(16);
    nextHop.writeTo(field);
    return new MpReach(family, Bytes.readAll(field), List.copyOf(nlri));
  }

  /** Destinations behind a global address and the link-local one of the same interface. */
  public static MpReach of(
      AddressFamily family, Ipv6Address global, Ipv6Address linkLocal, List<? extends Nlri> nlri) {
    ByteBuf field = Unpooled.buffer(2 * IPV6_LENGTH);
    global.writeTo(field);
    linkLocal.writeTo(field);
    return new MpReach(family, Bytes.readAll(field), List.copyOf(nlri));
  }

  static MpReach decode(ByteBuf value, CodecContext context) {
    if (value.readableBytes() < 5) {
      throw new BgpException(
          BgpError.ATTRIBUTE_LENGTH_ERROR,
          "MP_REACH_NLRI has " + value.readableBytes() + " octets, at least 5 are needed");
    }
    AddressFamily family = new AddressFamily(value.readUnsignedShort(), value.readUnsignedByte());
    int nextHopLength = value.readUnsignedByte();
    if (nextHopLength + 1 > value.readableBytes()) {
      throw new BgpException(
          BgpError.OPTIONAL_ATTRIBUTE_ERROR,
          "MP_REACH_NLRI next hop of " + nextHopLength + " octets does not fit in the attribute");
    }
    if (!nextHopLengthAllowed(family, nextHopLength)) {
      throw new BgpException(
          BgpError.OPTIONAL_ATTRIBUTE_ERROR,
          "MP_REACH_NLRI next hop of " + nextHopLength + " octets for " + family);
    }
    if (!nextHopAgreed(family, nextHopLength, context.received())) {
      throw new BgpException(
          BgpError.OPTIONAL_ATTRIBUTE_ERROR,
          "MP_REACH_NLRI has an IPv6 next hop for " + family + ", which was not agreed");
    }
    Bytes nextHop = Bytes.read(value, nextHopLength);
    value.readByte(); // reserved; RFC 4760 §3 tells receivers to ignore it
    return new MpReach(family, nextHop, context.nlriCodecs().decode(family, value, context));
  }

  private static boolean nextHopLengthAllowed(AddressFamily family, int length) {
    if (family.equals(AddressFamily.IPV6_UNICAST)) {
      return length == IPV6_LENGTH || length == 2 * IPV6_LENGTH;
    }
    if (family.equals(AddressFamily.IPV4_UNICAST)) {
      return length == IPV4_LENGTH || length == IPV6_LENGTH || length == 2 * IPV6_LENGTH;
    }
    return length <= 255;
  }

  /** RFC 8950 §4. Of other families we do not know what a length means. */
  private static boolean nextHopAgreed(AddressFamily family, int length, Direction direction) {
    return length == IPV4_LENGTH
        || !family.equals(AddressFamily.IPV4_UNICAST)
        || direction.extendedNextHop().contains(family);
  }

  /** The first, global, address of the next hop; empty when the field is of another form. */
  public Optional<IpAddress> nextHopAddress() {
    byte[] octets = nextHop.toArray();
    return switch (octets.length) {
      case IPV4_LENGTH -> Optional.of(Ipv4Address.of(octets));
      case IPV6_LENGTH, 2 * IPV6_LENGTH ->
          Optional.of(Ipv6Address.of(Arrays.copyOf(octets, IPV6_LENGTH)));
      default -> Optional.empty();
    };
  }

  /** The second, link-local, address of the next hop, if it is there (RFC 2545 §3). */
  public Optional<Ipv6Address> linkLocalNextHop() {
    byte[] octets = nextHop.toArray();
    return octets.length == 2 * IPV6_LENGTH
        ? Optional.of(Ipv6Address.of(Arrays.copyOfRange(octets, IPV6_LENGTH, octets.length)))
        : Optional.empty();
  }

  @Override
  public int typeCode() {
    return AttributeType.MP_REACH_NLRI;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_NON_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    if (!nextHopAgreed(family, nextHop.length(), context.sent())) {
      throw new IllegalArgumentException(
          "the peer takes no IPv6 next hop for " + family + ": it did not offer RFC 8950");
    }
    out.writeShort(family.afi());
    out.writeByte(family.safi());
    out.writeByte(nextHop.length());
    nextHop.writeTo(out);
    out.writeByte(0);
    context.nlriCodecs().encode(family, nlri, out, context);
  }

  @Override
  public String toString() {
    String via = nextHopAddress().map(IpAddress::toString).orElseGet(nextHop::toString);
    String linkLocal = linkLocalNextHop().map(address -> " " + address).orElse("");
    return family + " " + nlri + " via " + via + linkLocal;
  }
}
