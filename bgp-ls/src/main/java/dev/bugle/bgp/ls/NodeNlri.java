package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import java.util.Optional;

/**
 * A node (RFC 9552 §5.2, type 1).
 *
 * @param source where this is known from
 * @param tlvs in ascending order
 */
public record NodeNlri(Source source, Tlvs tlvs) implements LinkStateNlri {

  static final int TYPE = 1;
  static final String WORD = "node";

  /** Checks lengths and order (RFC 9552 §8.2.2). */
  public NodeNlri {
    Descriptor.OF_NODE_NLRI.checkOrdered(tlvs);
  }

  /** A node with these descriptors. */
  public NodeNlri(Source source, NodeDescriptors node) {
    this(source, Tlvs.of(Descriptor.LOCAL_NODE.of(node)));
  }

  /** Which node; empty when the NLRI does not say it. */
  public Optional<NodeDescriptors> node() {
    return tlvs.get(Descriptor.LOCAL_NODE);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public Bytes value() {
    return LinkStateNlri.value(source, tlvs);
  }

  /** Like {@code node isis-level-2 id 0 local as 65001 router 1920.0000.2001}. */
  @Override
  public String toString() {
    return LinkStateText.of(WORD, source, Descriptor.OF_NODE_NLRI.text(tlvs));
  }
}
