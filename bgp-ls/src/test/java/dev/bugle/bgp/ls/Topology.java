package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.Origin;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.ArrayList;
import java.util.List;

/** Four routers of IS-IS in a ring, with segment routing, as BGP-LS tells of them. */
final class Topology {

  static final int ROUTERS = 4;
  static final int ASN = 65010;
  static final Source SOURCE = Source.of(ProtocolId.ISIS_LEVEL_2);

  private Topology() {}

  /** The nodes, then the links in both directions, then the prefixes, an UPDATE each. */
  static List<UpdateMessage> updates() {
    List<UpdateMessage> updates = new ArrayList<>();
    for (int router = 1; router <= ROUTERS; router++) {
      updates.add(announcement(node(router), attributesOfNode(router)));
    }
    for (int router = 1; router <= ROUTERS; router++) {
      int next = router % ROUTERS + 1;
      updates.add(announcement(link(router, next), attributesOfLink(router)));
      updates.add(announcement(link(next, router), attributesOfLink(router)));
    }
    for (int router = 1; router <= ROUTERS; router++) {
      updates.add(announcement(prefix4(router), attributesOfPrefix(router)));
      updates.add(announcement(prefix6(router), attributesOfPrefix(router)));
    }
    return updates;
  }

  static NodeDescriptors descriptors(int router) {
    return NodeDescriptors.of(
        Descriptor.AS.of((long) ASN),
        Descriptor.BGP_LS_ID.of(0L),
        Descriptor.IGP_ROUTER_ID.of(IgpRouterId.parse("1920.0000.200" + router)));
  }

  static NodeNlri node(int router) {
    return new NodeNlri(SOURCE, descriptors(router));
  }

  static LinkNlri link(int from, int to) {
    return LinkNlri.of(
        SOURCE,
        descriptors(from),
        descriptors(to),
        Descriptor.IPV4_INTERFACE.of(Ipv4Address.parse("10.0." + from + "." + to)),
        Descriptor.IPV4_NEIGHBOR.of(Ipv4Address.parse("10.0." + to + "." + from)),
        Descriptor.IPV6_INTERFACE.of(Ipv6Address.parse("2001:db8:" + from + "::" + to)),
        Descriptor.IPV6_NEIGHBOR.of(Ipv6Address.parse("2001:db8:" + to + "::" + from)));
  }

  static PrefixNlri prefix4(int router) {
    return PrefixNlri.of(SOURCE, descriptors(router), Prefix.parse("192.0.2." + router + "/32"));
  }

  static PrefixNlri prefix6(int router) {
    return PrefixNlri.of(SOURCE, descriptors(router), Prefix.parse("2001:db8:" + router + "::/48"));
  }

  private static LinkStateAttribute attributesOfNode(int router) {
    return LinkStateAttribute.of(
        NodeTlv.FLAGS.of(new NodeFlags(router == 1 ? 0x80 : 0x40)),
        NodeTlv.NAME.of("leaf" + router),
        NodeTlv.ISIS_AREA.of(Bytes.hex("490001")),
        NodeTlv.IPV4_ROUTER_ID.of(Ipv4Address.parse("192.0.2." + router)),
        NodeTlv.SR_CAPABILITIES.of(
            new SrCapabilities(0xC0, List.of(new SrCapabilities.Range(8000, 16000, true)))),
        NodeTlv.SR_ALGORITHMS.of(List.of(0, 1)));
  }

  private static LinkStateAttribute attributesOfLink(int router) {
    return LinkStateAttribute.of(
        NodeTlv.IPV4_ROUTER_ID.of(Ipv4Address.parse("192.0.2." + router)),
        LinkTlv.ADMIN_GROUP.of(1L << router),
        LinkTlv.MAX_BANDWIDTH.of(1.25e9f),
        LinkTlv.MAX_RESERVABLE_BANDWIDTH.of(1.0e9f),
        LinkTlv.UNRESERVED_BANDWIDTH.of(List.of(1e9f, 1e9f, 1e9f, 1e9f, 1e9f, 1e9f, 5e8f, 0f)),
        LinkTlv.TE_METRIC.of(20L),
        LinkTlv.IGP_METRIC.of(10L * router),
        LinkTlv.SRLGS.of(List.of(7L, 100L + router)),
        LinkTlv.NAME.of("ring-" + router),
        LinkTlv.ADJACENCY_SID.of(new AdjacencySid(0x30, 0, new Segment(24000 + router, true))));
  }

  private static LinkStateAttribute attributesOfPrefix(int router) {
    return LinkStateAttribute.of(
        PrefixTlv.FLAGS.of(new PrefixFlags(false, false, false, false)),
        PrefixTlv.TAGS.of(List.of(65010L)),
        PrefixTlv.METRIC.of(10L * router),
        PrefixTlv.SID.of(new PrefixSid(0x40, 0, new Segment(100 + router, false))));
  }

  private static UpdateMessage announcement(LinkStateNlri nlri, LinkStateAttribute known) {
    return new UpdateMessage(List.of(), announcing(List.of(nlri), known), List.of());
  }

  static PathAttributes announcing(List<Nlri> nlri, LinkStateAttribute known) {
    MpReach reach = MpReach.of(LinkState.FAMILY, Ipv4Address.parse("192.0.2.254"), nlri);
    return PathAttributes.of(Origin.IGP, AsPath.sequence((long) ASN), reach, known);
  }
}
