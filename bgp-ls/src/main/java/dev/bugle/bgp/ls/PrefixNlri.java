package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.Prefix;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A prefix that a node reaches (RFC 9552 §5.2, types 3 and 4).
 *
 * @param isIpv4 whether it is one of IPv4, else of IPv6
 * @param source where this is known from
 * @param tlvs in ascending order; topology and route type are read with {@link Tlvs#get}
 */
public record PrefixNlri(boolean isIpv4, Source source, Tlvs tlvs) implements LinkStateNlri {

  static final int IPV4_TYPE = 3;
  static final int IPV6_TYPE = 4;
  static final String IPV4_WORD = "prefix4";
  static final String IPV6_WORD = "prefix6";

  /** Checks lengths and order (RFC 9552 §8.2.2). */
  public PrefixNlri {
    table(isIpv4).checkOrdered(tlvs);
  }

  /**
   * A prefix at a node.
   *
   * @param more like {@code Descriptor.OSPF_ROUTE_TYPE.of(OspfRouteType.EXTERNAL_1)}
   */
  public static PrefixNlri of(Source source, NodeDescriptors node, Prefix prefix, Tlv... more) {
    boolean isIpv4 = prefix.address().isIpv4();
    Stream<Tlv> first = Stream.of(Descriptor.LOCAL_NODE.of(node), reachability(isIpv4).of(prefix));
    return new PrefixNlri(
        isIpv4, source, new Tlvs(Stream.concat(first, Stream.of(more)).sorted().toList()));
  }

  static TlvTable table(boolean isIpv4) {
    return isIpv4 ? Descriptor.OF_IPV4_PREFIX_NLRI : Descriptor.OF_IPV6_PREFIX_NLRI;
  }

  private static TlvType<Prefix> reachability(boolean isIpv4) {
    return isIpv4 ? Descriptor.IPV4_REACHABILITY : Descriptor.IPV6_REACHABILITY;
  }

  /** The node that reaches it; empty when the NLRI does not say it. */
  public Optional<NodeDescriptors> node() {
    return tlvs.get(Descriptor.LOCAL_NODE);
  }

  /** The prefix; empty when the NLRI does not say it. */
  public Optional<Prefix> prefix() {
    return tlvs.get(reachability(isIpv4));
  }

  @Override
  public int type() {
    return isIpv4 ? IPV4_TYPE : IPV6_TYPE;
  }

  @Override
  public Bytes value() {
    return LinkStateNlri.value(source, tlvs);
  }

  /** Like {@code prefix4 isis-level-2 id 0 local router 1920.0000.2001 reach 203.0.113.0/24}. */
  @Override
  public String toString() {
    return LinkStateText.of(isIpv4 ? IPV4_WORD : IPV6_WORD, source, table(isIpv4).text(tlvs));
  }
}
