package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import java.util.List;
import java.util.Set;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.Ipv4RouterIdentifier;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.Ipv6RouterIdentifier;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.IsisAreaIdentifier;

/** What a {@link LinkStateAttribute} says of a node (RFC 9552 §5.3.1, RFC 9085 §2.1). */
public final class NodeTlv {

  /** The topologies that the node is part of, each 0 to 4095 (263). */
  public static final TlvType<List<Integer>> TOPOLOGIES =
      new TlvType<>(263, "topologies", AttributeForms.list(2, BgpcepDescriptors.topology()));

  /** Overload, area border and the like (1024). */
  public static final TlvType<NodeFlags> FLAGS = new TlvType<>(1024, "node-flags", NodeFlags.FORM);

  /** Its name, of ASCII characters (1026). */
  public static final TlvType<String> NAME =
      new TlvType<>(
          1026,
          "name",
          BgpcepAttribute.node(
              1026,
              node -> node.getDynamicHostname(),
              (node, name) -> node.setDynamicHostname(name)));

  /** One of its areas of IS-IS; there may be several such TLVs (1027). */
  public static final TlvType<Bytes> ISIS_AREA =
      new TlvType<>(
          1027,
          "isis-area",
          BgpcepAttribute.node(
              1027,
              node -> Bytes.of(node.getIsisAreaId().iterator().next().getValue()),
              (node, area) -> node.setIsisAreaId(Set.of(new IsisAreaIdentifier(area.toArray())))));

  /** Its IPv4 Router-ID for traffic engineering, or that of the near end of a link (1028). */
  public static final TlvType<Ipv4Address> IPV4_ROUTER_ID =
      new TlvType<>(
          1028,
          "router-id",
          AttributeForms.exactly(
              4,
              BgpcepAttribute.node(
                  1028,
                  node -> Ipv4Address.parse(node.getIpv4RouterId().getValue()),
                  (node, id) -> node.setIpv4RouterId(new Ipv4RouterIdentifier(id.toString())))));

  /** Its IPv6 Router-ID for traffic engineering, or that of the near end of a link (1029). */
  public static final TlvType<Ipv6Address> IPV6_ROUTER_ID =
      new TlvType<>(
          1029,
          "router-id6",
          AttributeForms.exactly(
              16,
              BgpcepAttribute.node(
                  1029,
                  node -> Ipv6Address.parse(node.getIpv6RouterId().getValue()),
                  (node, id) -> node.setIpv6RouterId(new Ipv6RouterIdentifier(id.toString())))));

  /** The labels that it gives to segments (1034, RFC 9085 §2.1.2). */
  public static final TlvType<SrCapabilities> SR_CAPABILITIES =
      new TlvType<>(1034, "sr-capabilities", SrCapabilities.FORM);

  /** The numbers of the algorithms that it computes paths by (1035, RFC 9085 §2.1.3). */
  public static final TlvType<List<Integer>> SR_ALGORITHMS =
      new TlvType<>(1035, "sr-algorithms", AttributeForms.octets());

  static final TlvTable TABLE =
      TlvTable.of(
          "tlv-",
          TOPOLOGIES,
          FLAGS,
          NAME,
          ISIS_AREA,
          IPV4_ROUTER_ID,
          IPV6_ROUTER_ID,
          SR_CAPABILITIES,
          SR_ALGORITHMS);

  private NodeTlv() {}
}
