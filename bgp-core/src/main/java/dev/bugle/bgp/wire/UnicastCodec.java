package dev.bugle.bgp.wire;

import io.netty.buffer.ByteBuf;

/** IPv4 and IPv6 unicast: a field of prefixes, each with its length before it (RFC 4271 §4.3). */
record UnicastCodec(AddressFamily family) implements NlriCodec {

  @Override
  public Nlri decode(ByteBuf field, CodecContext context) {
    return Prefix.decode(field, family.equals(AddressFamily.IPV4_UNICAST));
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
