package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.Prefix;

/** The TLVs that identify nodes, links and prefixes: the parts of NLRI (RFC 9552 §5.2). */
public final class Descriptor {

  /** The AS of a node (512). */
  public static final TlvType<Long> AS = new TlvType<>(512, "as", BgpcepDescriptors.asn());

  /** The BGP-LS Identifier of a node's domain, which RFC 9552 gave up (513). */
  public static final TlvType<Long> BGP_LS_ID =
      new TlvType<>(513, "ls-id", BgpcepDescriptors.domainId());

  /** The area of OSPF that a node is in (514). */
  public static final TlvType<Ipv4Address> OSPF_AREA =
      new TlvType<>(514, "area", BgpcepDescriptors.areaId());

  /** By what the IGP knows the node (515). */
  public static final TlvType<IgpRouterId> IGP_ROUTER_ID =
      new TlvType<>(515, "router", BgpcepDescriptors.igpRouterId());

  /** The BGP Identifier of a node (516, RFC 9086). */
  public static final TlvType<Ipv4Address> BGP_ROUTER_ID =
      new TlvType<>(516, "bgp-router", BgpcepDescriptors.bgpRouterId());

  /** The member AS of a node in a confederation (517, RFC 9086). */
  public static final TlvType<Long> MEMBER_AS =
      new TlvType<>(517, "member-as", BgpcepDescriptors.asn());

  static final TlvTable OF_NODES =
      TlvTable.of("sub-", AS, BGP_LS_ID, OSPF_AREA, IGP_ROUTER_ID, BGP_ROUTER_ID, MEMBER_AS);

  /** The numbers of a link at both ends (258). */
  public static final TlvType<LinkIds> LINK_IDS =
      new TlvType<>(258, "link-ids", BgpcepDescriptors.linkIds());

  /** The IPv4 address of the near end of a link (259). */
  public static final TlvType<Ipv4Address> IPV4_INTERFACE =
      new TlvType<>(259, "interface", BgpcepDescriptors.ipv4Interface());

  /** The IPv4 address of the far end of a link (260). */
  public static final TlvType<Ipv4Address> IPV4_NEIGHBOR =
      new TlvType<>(260, "neighbor", BgpcepDescriptors.ipv4Interface());

  /** The IPv6 address of the near end of a link (261). */
  public static final TlvType<Ipv6Address> IPV6_INTERFACE =
      new TlvType<>(261, "interface6", BgpcepDescriptors.ipv6Interface());

  /** The IPv6 address of the far end of a link (262). */
  public static final TlvType<Ipv6Address> IPV6_NEIGHBOR =
      new TlvType<>(262, "neighbor6", BgpcepDescriptors.ipv6Interface());

  /** The topology that a link or a prefix belongs to, 0 to 4095 (263). */
  public static final TlvType<Integer> TOPOLOGY =
      new TlvType<>(263, "topology", BgpcepDescriptors.topology());

  /** How a prefix came into OSPF (264). */
  public static final TlvType<OspfRouteType> OSPF_ROUTE_TYPE =
      new TlvType<>(264, "ospf-route", BgpcepDescriptors.ospfRouteType());

  /** The prefix of an IPv4 Prefix NLRI (265). */
  public static final TlvType<Prefix> IPV4_REACHABILITY =
      new TlvType<>(265, "reach", BgpcepDescriptors.ipv4Reachability());

  /** The prefix of an IPv6 Prefix NLRI (265). */
  public static final TlvType<Prefix> IPV6_REACHABILITY =
      new TlvType<>(265, "reach", BgpcepDescriptors.ipv6Reachability());

  /** The node, or the near end of a link (256). */
  public static final TlvType<NodeDescriptors> LOCAL_NODE =
      new TlvType<>(256, "local", NodeDescriptors.FORM);

  /** The node at the far end of a link (257). */
  public static final TlvType<NodeDescriptors> REMOTE_NODE =
      new TlvType<>(257, "remote", NodeDescriptors.FORM);

  static final TlvTable OF_NODE_NLRI = TlvTable.of("tlv-", LOCAL_NODE);

  static final TlvTable OF_LINK_NLRI =
      TlvTable.of(
          "tlv-",
          LOCAL_NODE,
          REMOTE_NODE,
          LINK_IDS,
          IPV4_INTERFACE,
          IPV4_NEIGHBOR,
          IPV6_INTERFACE,
          IPV6_NEIGHBOR,
          TOPOLOGY);

  static final TlvTable OF_IPV4_PREFIX_NLRI =
      TlvTable.of("tlv-", LOCAL_NODE, TOPOLOGY, OSPF_ROUTE_TYPE, IPV4_REACHABILITY);

  static final TlvTable OF_IPV6_PREFIX_NLRI =
      TlvTable.of("tlv-", LOCAL_NODE, TOPOLOGY, OSPF_ROUTE_TYPE, IPV6_REACHABILITY);

  private Descriptor() {}
}
