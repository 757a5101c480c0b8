package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A link, in one direction (RFC 9552 §5.2, type 2).
 *
 * @param source where this is known from
 * @param tlvs in ascending order; what tells it from other links of the same nodes is read with
 *     {@link Tlvs#get}, like {@code tlvs().get(Descriptor.IPV4_INTERFACE)}
 */
public record LinkNlri(Source source, Tlvs tlvs) implements LinkStateNlri {

  static final int TYPE = 2;
  static final String WORD = "link";

  /** Checks lengths and order (RFC 9552 §8.2.2). */
  public LinkNlri {
    Descriptor.OF_LINK_NLRI.checkOrdered(tlvs);
  }

  /**
   * A link between two nodes.
   *
   * @param link what tells it from others, like {@code Descriptor.LINK_IDS.of(new LinkIds(7, 9))}
   */
  public static LinkNlri of(
      Source source, NodeDescriptors local, NodeDescriptors remote, Tlv... link) {
    Stream<Tlv> nodes =
        Stream.of(Descriptor.LOCAL_NODE.of(local), Descriptor.REMOTE_NODE.of(remote));
    return new LinkNlri(source, new Tlvs(Stream.concat(nodes, Stream.of(link)).sorted().toList()));
  }

  /** The node at the near end; empty when the NLRI does not say it. */
  public Optional<NodeDescriptors> local() {
    return tlvs.get(Descriptor.LOCAL_NODE);
  }

  /** The node at the far end; empty when the NLRI does not say it. */
  public Optional<NodeDescriptors> remote() {
    return tlvs.get(Descriptor.REMOTE_NODE);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public Bytes value() {
    return LinkStateNlri.value(source, tlvs);
  }

  /** Like {@code link ospfv2 id 0 local router 192.0.2.1 remote router 192.0.2.2 link-ids 7/9}. */
  @Override
  public String toString() {
    return LinkStateText.of(WORD, source, Descriptor.OF_LINK_NLRI.text(tlvs));
  }
}
