package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.NlriCodec;
import io.netty.buffer.ByteBuf;

/** The codec of the family. */
final class LinkStateNlriCodec implements NlriCodec {

  @Override
  public AddressFamily family() {
    return LinkState.FAMILY;
  }

  @Override
  public Nlri decode(ByteBuf field, CodecContext context) {
    return LinkStateNlri.decode(field);
  }

  @Override
  public void encode(Nlri nlri, ByteBuf out, CodecContext context) {
    own(nlri).encode(out);
  }

  @Override
  public int encodedLength(Nlri nlri, CodecContext context) {
    return Tlv.HEADER_LENGTH + own(nlri).value().length();
  }

  private static LinkStateNlri own(Nlri nlri) {
    if (nlri instanceof LinkStateNlri known) {
      return known;
    }
    throw new IllegalArgumentException(nlri + " is no NLRI of BGP-LS");
  }
}
