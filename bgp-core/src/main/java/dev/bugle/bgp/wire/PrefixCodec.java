package dev.bugle.bgp.wire;

import io.netty.buffer.ByteBuf;

/**
 * A family whose NLRI are prefixes, each with its length before it (RFC 4271 §4.3, RFC 4760 §5):
 * unicast and multicast.
 *
 * @param family of IPv4 or of IPv6
 */
public record PrefixCodec(AddressFamily family) implements NlriCodec {

  /** Checks that the family is of IP. */
  public PrefixCodec {
    if (!family.isIpv4() && !family.isIpv6()) {
      throw new IllegalArgumentException(family + " has no IP prefixes");
    }
  }

  @Override
  public Nlri decode(ByteBuf field, CodecContext context) {
    return Prefix.decode(field, family.isIpv4());
  }

  /** Reads the whole field. */
  PackedPrefixes decodeAll(ByteBuf field) {
    return PackedPrefixes.decode(field, family.isIpv4());
  }

  /** Whether these are all prefixes of this family. */
  boolean carries(PackedPrefixes prefixes) {
    return prefixes.isIpv4() == family.isIpv4();
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
    if (nlri instanceof Prefix prefix && prefix.address().isIpv4() == family.isIpv4()) {
      return prefix;
    }
    throw new IllegalArgumentException(nlri + " is no prefix of " + family);
  }
}
