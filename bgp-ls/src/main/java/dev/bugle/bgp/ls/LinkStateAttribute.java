package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.attribute.AttributeFlags;
import dev.bugle.bgp.wire.attribute.PathAttribute;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;

/**
 * The BGP-LS Attribute: what is known of the node, the link or the prefix beside it (RFC 9552
 * §5.3). What it says is read with the rows of {@link NodeTlv}, {@link LinkTlv} and {@link
 * PrefixTlv}.
 *
 * @param tlvs in the order of the wire, which means nothing here
 */
public record LinkStateAttribute(Tlvs tlvs) implements PathAttribute {

  static final int TYPE_CODE = 29;
  static final String NAME = "BGP-LS";

  private static final TlvTable TABLE =
      TlvTable.joined("tlv-", List.of(NodeTlv.TABLE, LinkTlv.TABLE, PrefixTlv.TABLE));

  /** Checks the lengths (RFC 9552 §8.2.2). */
  public LinkStateAttribute {
    TABLE.check(tlvs);
  }

  /** These, in ascending order, like {@code NodeTlv.NAME.of("leaf1")}. */
  public static LinkStateAttribute of(Tlv... tlvs) {
    return new LinkStateAttribute(Tlvs.of(tlvs));
  }

  /** What the first TLV of this type says; empty when there is none, or nobody can read it. */
  public <T> Optional<T> get(TlvType<T> type) {
    return tlvs.get(type);
  }

  /** What all TLVs of this type say, without those that nobody can read. */
  public <T> List<T> all(TlvType<T> type) {
    return tlvs.all(type);
  }

  @Override
  public int typeCode() {
    return TYPE_CODE;
  }

  @Override
  public String attributeName() {
    return NAME;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_NON_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    tlvs.write(out);
  }

  /** Like {@code name "leaf1" igp-metric 10}. */
  @Override
  public String toString() {
    return TABLE.text(tlvs);
  }
}
