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
import dev.bugle.bgp.wire.PackedPrefixes;
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
 *     address (RFC 2545 §3), and in VPNs 8 of zero before each address; an IPv6 one for IPv4 only
 *     where that was agreed (RFC 8950); none for flow specifications
 * @param nlri the destinations
 */
public record MpReach(AddressFamily family, Bytes nextHop, List<Nlri> nlri)
    implements PathAttribute {

  private static final int IPV4_LENGTH = 4;
  private static final int IPV6_LENGTH = 16;

  /** Checks the length of the next hop and copies the list. */
  public MpReach {
    nlri = PackedPrefixes.copyOf(nlri);
    if (nextHop.length() > 255 || !NextHopForm.of(family).allows(nextHop.length())) {
      throw new IllegalArgumentException(
          "a next hop of " + nextHop.length() + " octets is not one for " + family);
    }
  }

  /**
   * Destinations behind one next hop address. An IPv6 one for IPv4 can only be sent where {@link
   * Direction#extendedNextHop} has the family (RFC 8950).
   */
  public static MpReach of(AddressFamily family, IpAddress nextHop, List<? extends Nlri> nlri) {
    ByteBuf field = Unpooled.buffer(24);
    field.writeZero(NextHopForm.of(family).distinguisher());
    nextHop.writeTo(field);
    return new MpReach(family, Bytes.readAll(field), PackedPrefixes.copyOf(nlri));
  }

  /** Destinations behind a global address and the link-local one of the same interface. */
  public static MpReach of(
      AddressFamily family, Ipv6Address global, Ipv6Address linkLocal, List<? extends Nlri> nlri) {
    int distinguisher = NextHopForm.of(family).distinguisher();
    ByteBuf field = Unpooled.buffer(2 * (distinguisher + IPV6_LENGTH));
    field.writeZero(distinguisher);
    global.writeTo(field);
    field.writeZero(distinguisher);
    linkLocal.writeTo(field);
    return new MpReach(family, Bytes.readAll(field), PackedPrefixes.copyOf(nlri));
  }

  /** Flow specifications, which lead nowhere (RFC 8955 §4). */
  public static MpReach withoutNextHop(AddressFamily family, List<? extends Nlri> nlri) {
    return new MpReach(family, Bytes.EMPTY, PackedPrefixes.copyOf(nlri));
  }

  /** The same destinations with a next hop, or without one where the family has none. */
  public static MpReach of(
      AddressFamily family, Optional<IpAddress> nextHop, List<? extends Nlri> nlri) {
    return nextHop.isPresent() ? of(family, nextHop.get(), nlri) : withoutNextHop(family, nlri);
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
    if (!NextHopForm.of(family).allows(nextHopLength)) {
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
    return new MpReach(
        family, nextHop, context.nlriCodecs().decode(family, value.slice(), context));
  }

  /** RFC 8950 §4. */
  private static boolean nextHopAgreed(AddressFamily family, int length, Direction direction) {
    return !NextHopForm.of(family).needsAgreement(length)
        || direction.extendedNextHop().contains(family);
  }

  /** The first, global, address of the next hop; empty when the field is of another form. */
  public Optional<IpAddress> nextHopAddress() {
    byte[] octets = nextHop.toArray();
    int start = NextHopForm.of(family).distinguisher();
    boolean alone = octets.length - start == IPV4_LENGTH || octets.length - start == IPV6_LENGTH;
    if (!alone && !hasLinkLocal()) {
      return Optional.empty();
    }
    int end = hasLinkLocal() ? start + IPV6_LENGTH : octets.length;
    byte[] address = Arrays.copyOfRange(octets, start, end);
    return Optional.of(
        address.length == IPV4_LENGTH ? Ipv4Address.of(address) : Ipv6Address.of(address));
  }

  /** The second, link-local, address of the next hop, if it is there (RFC 2545 §3). */
  public Optional<Ipv6Address> linkLocalNextHop() {
    byte[] octets = nextHop.toArray();
    return hasLinkLocal()
        ? Optional.of(
            Ipv6Address.of(Arrays.copyOfRange(octets, octets.length - IPV6_LENGTH, octets.length)))
        : Optional.empty();
  }

  private boolean hasLinkLocal() {
    return nextHop.length() == 2 * (NextHopForm.of(family).distinguisher() + IPV6_LENGTH);
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
  public int valueLength(CodecContext context) {
    return 5 + nextHop.length() + context.nlriCodecs().encodedLength(family, nlri, context);
  }

  @Override
  public String toString() {
    if (nextHop.isEmpty()) {
      return family + " " + nlri;
    }
    String via = nextHopAddress().map(IpAddress::toString).orElseGet(nextHop::toString);
    String linkLocal = linkLocalNextHop().map(address -> " " + address).orElse("");
    return family + " " + nlri + " via " + via + linkLocal;
  }
}
