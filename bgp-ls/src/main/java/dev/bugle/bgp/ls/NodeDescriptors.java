package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.Ipv4Address;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What identifies a node (RFC 9552 §5.2.1.4).
 *
 * @param tlvs in ascending order, each known one at most once
 */
public record NodeDescriptors(Tlvs tlvs) {

  static final TlvForm<NodeDescriptors> FORM =
      TlvForm.of(
          NodeDescriptors::isWellFormed,
          in -> new NodeDescriptors(Tlvs.read(in)),
          (node, out) -> node.tlvs().write(out));

  /** Checks lengths, order, and that nothing known is said twice (RFC 9552 §8.2.2). */
  public NodeDescriptors {
    Descriptor.OF_NODES.checkOrdered(tlvs);
    if (Descriptor.OF_NODES.typesOf(tlvs).distinct().count()
        != Descriptor.OF_NODES.typesOf(tlvs).count()) {
      throw new IllegalArgumentException("a node descriptor is there twice: " + text(tlvs));
    }
  }

  /** These, put in order, like {@code Descriptor.AS.of(65001L)}. */
  public static NodeDescriptors of(Tlv... tlvs) {
    return new NodeDescriptors(Tlvs.of(tlvs));
  }

  private static boolean isWellFormed(Bytes value) {
    try {
      new NodeDescriptors(Tlvs.read(value));
      return true;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /** The AS, 0 to 4294967295. */
  public OptionalLong asn() {
    return number(Descriptor.AS);
  }

  /** The BGP-LS Identifier, 0 to 4294967295. */
  public OptionalLong bgpLsId() {
    return number(Descriptor.BGP_LS_ID);
  }

  /** The area of OSPF. */
  public Optional<Ipv4Address> area() {
    return tlvs.get(Descriptor.OSPF_AREA);
  }

  /** By what the IGP knows it. */
  public Optional<IgpRouterId> igpRouterId() {
    return tlvs.get(Descriptor.IGP_ROUTER_ID);
  }

  /** Its BGP Identifier. */
  public Optional<Ipv4Address> bgpRouterId() {
    return tlvs.get(Descriptor.BGP_ROUTER_ID);
  }

  /** Its AS within a confederation. */
  public OptionalLong memberAs() {
    return number(Descriptor.MEMBER_AS);
  }

  private OptionalLong number(TlvType<Long> type) {
    return tlvs.get(type).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static String text(Tlvs tlvs) {
    return Descriptor.OF_NODES.text(tlvs);
  }

  /** Like {@code as 65001 area 0.0.0.0 router 192.0.2.1}. */
  @Override
  public String toString() {
    return text(tlvs);
  }
}
