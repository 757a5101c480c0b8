package dev.bugle.bgp.mrt;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Direction;
import dev.bugle.bgp.wire.attribute.AttributeDecoder;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.nlri.Families;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The attributes of a RIB entry. AS numbers have four octets whatever the peer sent, and
 * MP_REACH_NLRI is cut to the next hop and its length (RFC 6396 §4.3.4). Since the codec of {@code
 * wire} knows the attribute whole, it is made whole before and cut after.
 *
 * <p>Many write it whole nevertheless. The two are told apart by the first octet, which is never
 * zero in a length of a next hop that is there, and always in the AFI of IP.
 *
 * <p>BIRD writes flags of zero for an attribute that a filter has set. No attribute has such flags,
 * so that they say nothing, and those of the type are put in their place.
 */
final class RibAttributes {

  private static final int MP_REACH_NLRI = 14;
  private static final int EXTENDED_LENGTH = 0x10;
  private static final int OPTIONAL = 0x80;
  private static final int TRANSITIVE = 0x40;

  /** ORIGIN, AS_PATH, NEXT_HOP, LOCAL_PREF and ATOMIC_AGGREGATE. */
  private static final Set<Integer> WELL_KNOWN = Set.of(1, 2, 3, 5, 6);

  /** MULTI_EXIT_DISC, ORIGINATOR_ID, CLUSTER_LIST, MP_REACH_NLRI and AIGP. */
  private static final Set<Integer> NON_TRANSITIVE = Set.of(4, 9, 10, MP_REACH_NLRI, 26);

  private static final int IPV4_VPN_SAFI = 128;

  /** Families in which IPv6 next hops may stand for IPv4, since it is not known what was agreed. */
  static final Set<AddressFamily> IPV6_NEXT_HOPS =
      Set.of(
          AddressFamily.IPV4_UNICAST,
          AddressFamily.IPV4_MULTICAST,
          AddressFamily.IPV4_LABELLED_UNICAST,
          new AddressFamily(1, IPV4_VPN_SAFI));

  private static final Direction DIRECTION =
      Direction.INITIAL
          .withLongestMessage(Direction.MAX_EXTENDED_MESSAGE_LENGTH)
          .withExtendedNextHop(IPV6_NEXT_HOPS);

  /** What is read without knowing what the session had agreed on: everything that may be. */
  static final CodecContext CONTEXT =
      CodecContext.INITIAL
          .withFourOctetAs(true)
          .withExternal(false)
          .withReceived(DIRECTION)
          .withSent(DIRECTION)
          .withNlriCodecs(Families.ALL);

  private RibAttributes() {}

  static RibEntry decode(ByteBuf field, AddressFamily family, int peer, long originated)
      throws MalformedMrtException {
    AttributeDecoder.Decoded decoded;
    try {
      decoded = AttributeDecoder.decode(whole(field, family), CONTEXT);
      PathAttributes attributes = withoutDestinations(decoded.attributes(), family);
      return new RibEntry(peer, originated, OptionalLong.empty(), attributes, decoded.faults());
    } catch (BgpException fault) {
      throw new MalformedMrtException("the attributes: " + fault.found());
    } catch (IllegalArgumentException notOfTheRecord) {
      throw new MalformedMrtException(String.valueOf(notOfTheRecord.getMessage()));
    }
  }

  private static PathAttributes withoutDestinations(
      PathAttributes attributes, AddressFamily family) {
    MpReach reach = attributes.get(MpReach.class).orElse(null);
    if (reach == null) {
      return attributes;
    }
    if (!reach.family().equals(family)) {
      throw new IllegalArgumentException(
          "MP_REACH_NLRI is of " + reach.family() + " in a record of " + family);
    }
    return reach.nlri().isEmpty()
        ? attributes
        : attributes.with(new MpReach(family, reach.nextHop(), List.of()));
  }

  /** The same with MP_REACH_NLRI as UPDATEs have it; what is broken stays so. */
  private static ByteBuf whole(ByteBuf field, AddressFamily family) throws MalformedMrtException {
    ByteBuf out = Unpooled.buffer(field.readableBytes() + 8);
    while (field.isReadable()) {
      int start = field.readerIndex();
      int length = length(field, start);
      if (length < 0) {
        return out.writeBytes(field);
      }
      int value = start + header(field, start);
      int flags = flags(field.getUnsignedByte(start), field.getUnsignedByte(start + 1));
      if (field.getUnsignedByte(start + 1) != MP_REACH_NLRI || isWhole(field, value, length)) {
        out.writeByte(flags).writeBytes(field.skipBytes(1), value - start - 1 + length);
      } else {
        field.skipBytes(value - start);
        ByteBuf nextHop = field.readSlice(length);
        if (length == 0 || nextHop.getUnsignedByte(0) != length - 1) {
          throw new MalformedMrtException(
              "MP_REACH_NLRI of " + length + " octets is no length and next hop");
        }
        out.writeByte(flags | EXTENDED_LENGTH).writeByte(MP_REACH_NLRI);
        out.writeShort(length + 4).writeShort(family.afi()).writeByte(family.safi());
        out.writeBytes(nextHop).writeByte(0);
      }
    }
    return out;
  }

  private static int flags(int found, int typeCode) {
    if ((found & (OPTIONAL | TRANSITIVE)) != 0) {
      return found;
    }
    if (WELL_KNOWN.contains(typeCode)) {
      return found | TRANSITIVE;
    }
    return found | OPTIONAL | (NON_TRANSITIVE.contains(typeCode) ? 0 : TRANSITIVE);
  }

  private static boolean isWhole(ByteBuf field, int value, int length) {
    return length >= 5 && field.getUnsignedByte(value) == 0;
  }

  private static int header(ByteBuf field, int start) {
    return (field.getUnsignedByte(start) & EXTENDED_LENGTH) == 0 ? 3 : 4;
  }

  /** The length of the value of the attribute there; negative when the attribute is cut. */
  private static int length(ByteBuf field, int start) {
    int left = field.writerIndex() - start;
    int header = header(field, start);
    if (left < header) {
      return -1;
    }
    int length = header == 3 ? field.getUnsignedByte(start + 2) : field.getUnsignedShort(start + 2);
    return left < header + length ? -1 : length;
  }

  /** Appends the length of the attributes and the attributes, MP_REACH_NLRI cut. */
  static void encode(PathAttributes attributes, ByteBuf out) {
    ByteBuf whole = Unpooled.buffer(256);
    attributes.encode(whole, CONTEXT);
    int lengthAt = out.writerIndex();
    out.writeShort(0);
    while (whole.isReadable()) {
      int start = whole.readerIndex();
      int length = length(whole, start);
      int header = header(whole, start);
      if (whole.getUnsignedByte(start + 1) == MP_REACH_NLRI) {
        int nextHop = whole.getUnsignedByte(start + header + 3);
        out.writeByte(whole.getUnsignedByte(start) & ~EXTENDED_LENGTH).writeByte(MP_REACH_NLRI);
        out.writeByte(1 + nextHop).writeBytes(whole, start + header + 3, 1 + nextHop);
        whole.skipBytes(header + length);
      } else {
        out.writeBytes(whole, header + length);
      }
    }
    int length = out.writerIndex() - lengthAt - 2;
    if (length > 0xFFFF) {
      throw new IllegalArgumentException(
          "attributes of " + length + " octets are longer than 65535");
    }
    out.setShort(lengthAt, length);
  }
}
