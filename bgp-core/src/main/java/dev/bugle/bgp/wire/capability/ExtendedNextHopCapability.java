package dev.bugle.bgp.wire.capability;

import dev.bugle.bgp.wire.AddressFamily;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Extended Next Hop Encoding (RFC 8950 §4): for which families the sender takes next hops of
 * another address family.
 *
 * @param encodings in the order of the wire, at most 42
 */
public record ExtendedNextHopCapability(List<Encoding> encodings) implements Capability {

  /** The capability code. */
  public static final int CODE = 5;

  private static final int ENTRY_LENGTH = 6;
  private static final int MAX_ENCODINGS = 255 / ENTRY_LENGTH;
  private static final int MAX_SAFI = 255;

  /**
   * NLRI of one family behind a next hop of another.
   *
   * @param family of the NLRI
   * @param nextHopAfi the AFI of the next hop, 0 to 65535; 2 is IPv6
   */
  public record Encoding(AddressFamily family, int nextHopAfi) {

    /** Checks the range. */
    public Encoding {
      if (nextHopAfi < 0 || nextHopAfi > 0xFFFF) {
        throw new IllegalArgumentException("next hop AFI " + nextHopAfi + " is not in 0 to 65535");
      }
    }

    private boolean isOverIpv6() {
      return nextHopAfi == AddressFamily.IPV6_UNICAST.afi();
    }

    @Override
    public String toString() {
      return family + " via " + (isOverIpv6() ? "ipv6" : "AFI " + nextHopAfi);
    }
  }

  /** Copies the list, and checks that it fits. */
  public ExtendedNextHopCapability {
    encodings = List.copyOf(encodings);
    CapabilityDecoder.requireRoom(encodings, MAX_ENCODINGS, "extended next hop");
  }

  /** The capability of a speaker that takes IPv6 next hops for these families. */
  public static ExtendedNextHopCapability overIpv6(List<AddressFamily> families) {
    return new ExtendedNextHopCapability(
        families.stream()
            .map(family -> new Encoding(family, AddressFamily.IPV6_UNICAST.afi()))
            .toList());
  }

  static ExtendedNextHopCapability decode(ByteBuf value) {
    CapabilityDecoder.requireHeaderAndMultiple(value, 0, ENTRY_LENGTH, "extended next hop");
    List<Encoding> encodings = new ArrayList<>();
    while (value.isReadable()) {
      int afi = value.readUnsignedShort();
      int safi = value.readUnsignedShort(); // two octets here, and here only
      int nextHopAfi = value.readUnsignedShort();
      if (safi <= MAX_SAFI) { // a larger one is no SAFI of any NLRI, so nothing is said
        encodings.add(new Encoding(new AddressFamily(afi, safi), nextHopAfi));
      }
    }
    return new ExtendedNextHopCapability(encodings);
  }

  /** The families whose NLRI may have an IPv6 next hop. */
  public Set<AddressFamily> familiesOverIpv6() {
    return encodings.stream()
        .filter(Encoding::isOverIpv6)
        .map(Encoding::family)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void encodeValue(ByteBuf out) {
    for (Encoding encoding : encodings) {
      out.writeShort(encoding.family().afi());
      out.writeShort(encoding.family().safi());
      out.writeShort(encoding.nextHopAfi());
    }
  }

  @Override
  public String toString() {
    return encodings.stream()
        .map(Encoding::toString)
        .collect(Collectors.joining(", ", "extended next hop (", ")"));
  }
}
