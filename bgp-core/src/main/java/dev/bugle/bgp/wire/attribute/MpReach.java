package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.NlriCodec;
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
 *     address (RFC 2545 §3)
 * @param nlri the destinations
 */
public record MpReach(AddressFamily family, Bytes nextHop, List<Nlri> nlri)
    implements PathAttribute {

  /** Checks the length of the next hop and copies the list. */
  public MpReach {
    nlri = List.copyOf(nlri);
    if (!nextHopLengthAllowed(family, nextHop.length())) {
      throw new IllegalArgumentException(
          "a next hop of " + nextHop.length() + " octets is not one for " + family);
    }
  }

  /** Destinations behind one next hop address. */
  public static MpReach of(AddressFamily family, IpAddress nextHop, List<? extends Nlri> nlri) {
    ByteBuf field = Unpooled.buffer(16);
    nextHop.writeTo(field);
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
    Bytes nextHop = Bytes.read(value, nextHopLength);
    value.readByte(); // reserved; RFC 4760 §3 tells receivers to ignore it
    NlriCodec codec = context.nlriCodecs().of(family);
    return new MpReach(family, nextHop, codec.decode(value, context));
  }

  private static boolean nextHopLengthAllowed(AddressFamily family, int length) {
    if (family.equals(AddressFamily.IPV6_UNICAST)) {
      return length == 16 || length == 32;
    }
    if (family.equals(AddressFamily.IPV4_UNICAST)) {
      return length == 4 || length == 16 || length == 32;
    }
    return length <= 255;
  }

  /** The first, global, address of the next hop; empty when the field is of another form. */
  public Optional<IpAddress> nextHopAddress() {
    byte[] octets = nextHop.toArray();
    return switch (octets.length) {
      case 4 -> Optional.of(Ipv4Address.of(octets));
      case 16, 32 -> Optional.of(Ipv6Address.of(Arrays.copyOf(octets, 16)));
      default -> Optional.empty();
    };
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
    out.writeShort(family.afi());
    out.writeByte(family.safi());
    out.writeByte(nextHop.length());
    nextHop.writeTo(out);
    out.writeByte(0);
    NlriCodec codec = context.nlriCodecs().of(family);
    nlri.forEach(destination -> codec.encode(destination, out, context));
  }

  @Override
  public String toString() {
    String via = nextHopAddress().map(IpAddress::toString).orElseGet(nextHop::toString);
    return family + " " + nlri + " via " + via;
  }
}
