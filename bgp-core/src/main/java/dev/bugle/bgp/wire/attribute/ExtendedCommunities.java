package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * EXTENDED COMMUNITIES (RFC 4360).
 *
 * @param values in the order of the wire; at least one
 */
public record ExtendedCommunities(List<ExtendedCommunity> values) implements PathAttribute {

  /** Copies the list and checks that it is not empty. */
  public ExtendedCommunities {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("the attribute must hold at least one community");
    }
  }

  static ExtendedCommunities decode(ByteBuf value, CodecContext context) {
    AttributeType.requireMultiple(value, 8, "EXTENDED COMMUNITIES");
    List<ExtendedCommunity> values = new ArrayList<>(value.readableBytes() / 8);
    while (value.isReadable()) {
      values.add(ExtendedCommunity.decode(value));
    }
    return new ExtendedCommunities(values);
  }

  @Override
  public int typeCode() {
    return AttributeType.EXTENDED_COMMUNITIES;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.OPTIONAL_TRANSITIVE;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    values.forEach(community -> community.encode(out));
  }

  @Override
  public int valueLength(CodecContext context) {
    return 8 * values.size();
  }

  @Override
  public String toString() {
    return values.stream().map(ExtendedCommunity::toString).collect(Collectors.joining(" "));
  }
}
