package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * IPv6 EXTENDED COMMUNITIES (RFC 5701).
 *
 * @param values in the order of the wire; at least one
 */
public record Ipv6ExtendedCommunities(List<Ipv6ExtendedCommunity> values) implements PathAttribute {

  /** Copies the list and checks that it is not empty. */
  public Ipv6ExtendedCommunities {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("the attribute must hold at least one community");
    }
  }

  static Ipv6ExtendedCommunities decode(ByteBuf value, CodecContext context) {
    AttributeType.requireMultiple(value, Ipv6ExtendedCommunity.LENGTH, "IPv6 EXTENDED COMMUNITIES");
    List<Ipv6ExtendedCommunity> values = new ArrayList<>();
    while (value.isReadable()) {
      values.add(Ipv6ExtendedCommunity.decode(value));
    }
    return new Ipv6ExtendedCommunities(values);
  }

  @Override
  public int typeCode() {
    return AttributeType.IPV6_EXTENDED_COMMUNITIES;
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
    return 20 * values.size();
  }

  @Override
  public String toString() {
    return values.stream().map(Ipv6ExtendedCommunity::toString).collect(Collectors.joining(" "));
  }
}
