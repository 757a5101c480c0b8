package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * LARGE_COMMUNITY (RFC 8092).
 *
 * @param values in the order of the wire, each once (RFC 8092 §2); at least one
 */
public record LargeCommunities(List<LargeCommunity> values) implements PathAttribute {

  /** Copies the list without repetitions and checks that it is not empty. */
  public LargeCommunities {
    values = values.stream().distinct().toList();
    if (values.isEmpty()) {
      throw new IllegalArgumentException("the attribute must hold at least one community");
    }
  }

  static LargeCommunities decode(ByteBuf value, CodecContext context) {
    AttributeType.requireMultiple(value, 12, "LARGE_COMMUNITY");
    List<LargeCommunity> values = new ArrayList<>(value.readableBytes() / 12);
    while (value.isReadable()) {
      values.add(LargeCommunity.decode(value));
    }
    return new LargeCommunities(values);
  }

  @Override
  public int typeCode() {
    return AttributeType.LARGE_COMMUNITIES;
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
    return 12 * values.size();
  }

  @Override
  public String toString() {
    return values.stream().map(LargeCommunity::toString).collect(Collectors.joining(" "));
  }
}
