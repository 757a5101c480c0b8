package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Set;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.AdministrativeGroup;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.Delay;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.Ipv4RouterIdentifier;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.bgp.linkstate.rev200120.Ipv6RouterIdentifier;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.network.concepts.rev131125.Bandwidth;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.network.concepts.rev131125.Metric;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.rsvp.rev150820.SrlgId;
import org.opendaylight.yangtools.yang.common.Uint32;

/** What a {@link LinkStateAttribute} says of a link (RFC 9552 §5.3.2, RFC 9085 §2.2, RFC 8571). */
public final class LinkTlv {

  /** The IPv4 Router-ID of the far end (1030). The near end's is {@link NodeTlv#IPV4_ROUTER_ID}. */
  public static final TlvType<Ipv4Address> REMOTE_IPV4_ROUTER_ID =
      new TlvType<>(
          1030,
          "remote-router-id",
          AttributeForms.exactly(
              4,
              BgpcepAttribute.link(
                  1030,
                  link -> Ipv4Address.parse(link.getRemoteIpv4RouterId().getValue()),
                  (link, id) ->
                      link.setRemoteIpv4RouterId(new Ipv4RouterIdentifier(id.toString())))));

  /** The IPv6 Router-ID of the far end (1031). */
  public static final TlvType<Ipv6Address> REMOTE_IPV6_ROUTER_ID =
      new TlvType<>(
          1031,
          "remote-router-id6",
          AttributeForms.exactly(
              16,
              BgpcepAttribute.link(
                  1031,
                  link -> Ipv6Address.parse(link.getRemoteIpv6RouterId().getValue()),
                  (link, id) ->
                      link.setRemoteIpv6RouterId(new Ipv6RouterIdentifier(id.toString())))));

  /** The administrative groups, or colours, as bits (1088). */
  public static final TlvType<Long> ADMIN_GROUP =
      new TlvType<>(
          1088,
          "admin-group",
          AttributeForms.exactly(
              4,
              BgpcepAttribute.link(
                  1088,
                  link -> link.getAdminGroup().getValue().toJava(),
                  (link, bits) ->
                      link.setAdminGroup(new AdministrativeGroup(Uint32.valueOf(bits))))));

  /** What the link carries at most, in octets per second (1089). */
  public static final TlvType<Float> MAX_BANDWIDTH =
      new TlvType<>(
          1089,
          "max-bandwidth",
          AttributeForms.exactly(
              4,
              BgpcepAttribute.link(
                  1089,
                  link -> rate(link.getMaxLinkBandwidth()),
                  (link, rate) -> link.setMaxLinkBandwidth(bandwidth(rate)))));

  /** What can be reserved at most, in octets per second (1090). */
  public static final TlvType<Float> MAX_RESERVABLE_BANDWIDTH =
      new TlvType<>(
          1090,
          "max-reservable",
          AttributeForms.exactly(
              4,
              BgpcepAttribute.link(
                  1090,
                  link -> rate(link.getMaxReservableBandwidth()),
                  (link, rate) -> link.setMaxReservableBandwidth(bandwidth(rate)))));

  /** What is not reserved, in octets per second, for the priorities 0 to 7 (1091). */
  public static final TlvType<List<Float>> UNRESERVED_BANDWIDTH =
      new TlvType<>(
          1091, "unreserved", AttributeForms.exactly(32, AttributeForms.list(4, bandwidth())));

  /** The metric for traffic engineering (1092). bgpcep writes it with eight octets. */
  public static final TlvType<Long> TE_METRIC =
      new TlvType<>(1092, "te-metric", AttributeForms.number());

  /** How the link is protected, as bits of the first octet (1093); bgpcep reads both octets. */
  public static final TlvType<Integer> PROTECTION =
      new TlvType<>(
          1093,
          "protection",
          TlvForm.of(
              TlvForm.exactly(2),
              in -> in.readUnsignedShort() >> 8,
              (bits, out) -> out.writeShort(bits << 8)));

  /** Which protocols give labels on the link (1094). */
  public static final TlvType<MplsProtocols> MPLS_PROTOCOLS =
      new TlvType<>(1094, "mpls-protocols", MplsProtocols.FORM);

  /**
   * The metric of the IGP (1095), with one, two or three octets. A metric that we make has three,
   * as in IS-IS; one that was received keeps its length.
   */
  public static final TlvType<Long> IGP_METRIC =
      new TlvType<>(
          1095,
          "igp-metric",
          AttributeForms.between(
              1,
              3,
              BgpcepAttribute.link(
                  1095,
                  link -> link.getMetric().getValue().toJava(),
                  (link, metric) -> link.setMetric(new Metric(Uint32.valueOf(metric))))));

  /** What it shares its fate with: numbers of shared risk link groups (1096). */
  public static final TlvType<List<Long>> SRLGS =
      new TlvType<>(
          1096,
          "srlgs",
          AttributeForms.list(
              4,
              BgpcepAttribute.link(
                  1096,
                  link -> link.getSharedRiskLinkGroups().iterator().next().getValue().toJava(),
                  (link, group) ->
                      link.setSharedRiskLinkGroups(Set.of(new SrlgId(Uint32.valueOf(group)))))));

  /** Its name, of ASCII characters (1098). */
  public static final TlvType<String> NAME =
      new TlvType<>(
          1098,
          "link-name",
          BgpcepAttribute.link(
              1098, link -> link.getLinkName(), (link, name) -> link.setLinkName(name)));

  /** A segment that leads over the link; there may be several such TLVs (1099, RFC 9085). */
  public static final TlvType<AdjacencySid> ADJACENCY_SID =
      new TlvType<>(1099, "adjacency-sid", AdjacencySid.FORM);

  /** The delay in one direction, in microseconds, without the anomalous bit (1114). */
  public static final TlvType<Long> DELAY =
      new TlvType<>(
          1114,
          "delay",
          AttributeForms.masked(
              0xFF00_0000,
              AttributeForms.exactly(
                  4,
                  BgpcepAttribute.link(
                      1114,
                      link -> link.getLinkDelay().getValue().toJava(),
                      (link, micros) -> link.setLinkDelay(new Delay(Uint32.valueOf(micros)))))));

  /** How much the delay varies, in microseconds (1116). */
  public static final TlvType<Long> DELAY_VARIATION =
      new TlvType<>(
          1116,
          "delay-variation",
          AttributeForms.masked(
              0xFF00_0000,
              AttributeForms.exactly(
                  4,
                  BgpcepAttribute.link(
                      1116,
                      link -> link.getDelayVariation().getValue().toJava(),
                      (link, micros) ->
                          link.setDelayVariation(new Delay(Uint32.valueOf(micros)))))));

  static final TlvTable TABLE =
      TlvTable.of(
          "tlv-",
          REMOTE_IPV4_ROUTER_ID,
          REMOTE_IPV6_ROUTER_ID,
          ADMIN_GROUP,
          MAX_BANDWIDTH,
          MAX_RESERVABLE_BANDWIDTH,
          UNRESERVED_BANDWIDTH,
          TE_METRIC,
          PROTECTION,
          MPLS_PROTOCOLS,
          IGP_METRIC,
          SRLGS,
          NAME,
          ADJACENCY_SID,
          DELAY,
          DELAY_VARIATION);

  private LinkTlv() {}

  private static TlvForm<Float> bandwidth() {
    return BgpcepAttribute.link(
        1089,
        link -> rate(link.getMaxLinkBandwidth()),
        (link, rate) -> link.setMaxLinkBandwidth(bandwidth(rate)));
  }

  private static float rate(Bandwidth bandwidth) {
    return Unpooled.wrappedBuffer(bandwidth.getValue()).readFloat();
  }

  private static Bandwidth bandwidth(float rate) {
    return new Bandwidth(Unpooled.buffer(4).writeFloat(rate).array());
  }
}
