package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * COMMUNITIES (RFC 1997).
 *
 * @param values in the order of the wire; at least one
 */
public record Communities(List<Community> values) implements PathAttribute {

  /** Copies the list and checks that it is not empty. */
  public Communities {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("the attribute must hold at least one community");
    }
  }

  static Communities decode(ByteBuf value, CodecContext context) {
    AttributeType.requireMultiple(value, 4, "COMMUNITIES");
    List<Community> values = new ArrayList<>(value.readableBytes() / 4);
    while (value.isReadable()) {
      values.add(Community.decode(value));
    }
    return new Communities(values);
  }

  @Override
  public int typeCode() {
    return AttributeType.COMMUNITIES;
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
  public String toString() {
    return values.stream().map(Community::toString).collect(Collectors.joining(" "));
  }
}
