package dev.bugle.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** IPv4 and IPv6 unicast: a field of prefixes, each with its length before it (RFC 4271 §4.3). */
record UnicastCodec(AddressFamily family) implements NlriCodec {

  @Override
  public List<Nlri> decode(ByteBuf field, CodecContext context) {
    boolean ipv4 = family.equals(AddressFamily.IPV4_UNICAST);
    List<Nlri> prefixes = new ArrayList<>();
    while (field.isReadable()) {
      prefixes.add(Prefix.decode(field, ipv4));
    }
    return List.copyOf(prefixes);
  }

  @Override
  public void encode(Nlri nlri, ByteBuf out, CodecContext context) {
    prefix(nlri).encode(out);
  }

  @Override
  public int encodedLength(Nlri nlri, CodecContext context) {
    return prefix(nlri).encodedLength();
  }

  private Prefix prefix(Nlri nlri) {
    if (nlri instanceof Prefix prefix && prefix.family().equals(family)) {
      return prefix;
    }
    throw new IllegalArgumentException(nlri + " is no prefix of " + family);
  }
}
