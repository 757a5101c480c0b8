package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Optional;

/**
 * PMSI Tunnel: the tunnel for traffic to many, of a VPN (RFC 6514 §5) or an EVPN (RFC 7432 §11.2).
 *
 * @param tunnelFlags 0 to 255; 1 asks the leaves for information
 * @param tunnelType 0 to 255; an open registry
 * @param label the field of 24 bits: an MPLS label in its first 20, or a VNI in all of them
 * @param tunnelIdentifier as the type has it; of a type that is not known, anything
 */
public record PmsiTunnel(int tunnelFlags, int tunnelType, int label, Bytes tunnelIdentifier)
    implements PathAttribute {

  /** The tunnel type of copies that the ingress router makes (RFC 6514 §5). */
  public static final int INGRESS_REPLICATION = 6;

  private static final int HEADER = 5;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0, "no-tunnel"),
          Map.entry(1, "rsvp-te-p2mp"),
          Map.entry(2, "mldp-p2mp"),
          Map.entry(3, "pim-ssm"),
          Map.entry(4, "pim-sm"),
          Map.entry(5, "bidir-pim"),
          Map.entry(INGRESS_REPLICATION, "ingress-replication"),
          Map.entry(7, "mldp-mp2mp"),
          Map.entry(8, "transport-tunnel"),
          Map.entry(10, "assisted-replication"),
          Map.entry(11, "bier"));

  /** Checks the ranges, and the identifier of types that are known. */
  public PmsiTunnel {
    if (tunnelFlags < 0 || tunnelFlags > 255 || tunnelType < 0 || tunnelType > 255) {
      throw new IllegalArgumentException(
          "PMSI tunnel type "
              + tunnelType
              + " with flags "
              + tunnelFlags
              + " does not fit its fields");
    }
    if (label < 0 || label > 0xFF_FFFF) {
      throw new IllegalArgumentException("label field " + label + " is not in 0 to 16777215");
    }
    if (!fits(tunnelType, tunnelIdentifier)) {
      throw new IllegalArgumentException(misfit(tunnelType, tunnelIdentifier));
    }
  }

  /** Copies made by the ingress router, for the router at this address. */
  public static PmsiTunnel ingressReplication(int label, IpAddress endpoint) {
    ByteBuf identifier = Unpooled.buffer(16);
    endpoint.writeTo(identifier);
    return new PmsiTunnel(0, INGRESS_REPLICATION, label, Bytes.readAll(identifier));
  }

  static PmsiTunnel decode(ByteBuf value, CodecContext context) {
    if (value.readableBytes() < HEADER) {
      throw new BgpException(
          BgpError.ATTRIBUTE_LENGTH_ERROR,
          "PMSI_TUNNEL has " + value.readableBytes() + " octets, at least 5 are needed");
    }
    int flags = value.readUnsignedByte();
    int tunnelType = value.readUnsignedByte();
    int label = value.readUnsignedMedium();
    Bytes identifier = Bytes.readAll(value);
    if (!fits(tunnelType, identifier)) {
      throw new BgpException(BgpError.OPTIONAL_ATTRIBUTE_ERROR, misfit(tunnelType, identifier));
    }
    return new PmsiTunnel(flags, tunnelType, label, identifier);
  }

  /** Whether the identifier can be one of a tunnel of this type (RFC 6514 §5). */
  private static boolean fits(int tunnelType, Bytes identifier) {
    int length = identifier.length();
    return switch (tunnelType) {
      case 0 -> length == 0;
      case 1 -> length == 12 || length == 24; // extended tunnel ID of IPv4 or IPv6
      case 2, 7 -> isMldpFec(identifier);
      case 3, 4, 5 -> length == 8 || length == 32; // two addresses
      case INGRESS_REPLICATION, 10 -> length == 4 || length == 16;
      case 11 -> length == 7 || length == 19; // sub-domain, BFR-id, BFR-prefix (RFC 8556 §2)
      default -> length <= 0xFFFF - HEADER;
    };
  }

  /** Type, address family, the root's address, the opaque value; two lengths (RFC 6388 §2.2). */
  private static boolean isMldpFec(Bytes fec) {
    if (fec.length() < 6) {
      return false;
    }
    int opaqueLengthAt = 4 + fec.octet(3);
    return fec.length() >= opaqueLengthAt + 2
        && fec.length()
            == opaqueLengthAt
                + 2
                + (fec.octet(opaqueLengthAt) << 8 | fec.octet(opaqueLengthAt + 1));
  }

  private static String misfit(int tunnelType, Bytes identifier) {
    return "a tunnel identifier of "
        + identifier.length()
        + " octets is not one of PMSI tunnel type "
        + nameOf(tunnelType);
  }

  private static String nameOf(int tunnelType) {
    return NAMES.getOrDefault(tunnelType, Integer.toString(tunnelType));
  }

  /** The other end, of ingress and assisted replication; empty for other types. */
  public Optional<IpAddress> endpoint() {
    if (tunnelType != INGRESS_REPLICATION && tunnelType != 10) {
      return Optional.empty();
    }
    byte[] octets = tunnelIdentifier.toArray();
    return Optional.of(octets.length == 4 ? Ipv4Address.of(octets) : Ipv6Address.of(octets));
  }

  @Override
  public int typeCode() {
    return AttributeType.PMSI_TUNNEL;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    out.writeByte(tunnelFlags);
    out.writeByte(tunnelType);
    out.writeMedium(label);
    tunnelIdentifier.writeTo(out);
  }

  /** Like {@code ingress-replication 192.0.2.1 label 100 (vni 1600)}. */
  @Override
  public String toString() {
    String identifier = endpoint().map(IpAddress::toString).orElseGet(tunnelIdentifier::toString);
    return nameOf(tunnelType)
        + (identifier.isEmpty() ? "" : " " + identifier)
        + " label "
        + (label >>> 4)
        + " (vni "
        + label
        + ")"
        + (tunnelFlags == 0 ? "" : " flags 0x%02x".formatted(tunnelFlags));
  }
}
