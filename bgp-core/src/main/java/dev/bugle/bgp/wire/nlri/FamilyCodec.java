package dev.bugle.bgp.wire.nlri;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.NlriCodec;
import io.netty.buffer.ByteBuf;

/** The codec of a family whose NLRI are {@link FamilyNlri}. */
record FamilyCodec(AddressFamily family, Reader reader) implements NlriCodec {

  /** Reads the next NLRI off a field that is not empty. */
  @FunctionalInterface
  interface Reader {
    FamilyNlri read(ByteBuf field);
  }

  @Override
  public Nlri decode(ByteBuf field, CodecContext context) {
    return reader.read(field);
  }

  @Override
  public void encode(Nlri nlri, ByteBuf out, CodecContext context) {
    own(nlri).encode(out);
  }

  @Override
  public int encodedLength(Nlri nlri, CodecContext context) {
    return own(nlri).encodedLength();
  }

  private FamilyNlri own(Nlri nlri) {
    if (nlri instanceof FamilyNlri known && known.belongsTo(family)) {
      return known;
    }
    throw new IllegalArgumentException(nlri + " is no NLRI of " + family);
  }

  /** The next octets of a field as a field of their own. */
  static ByteBuf slice(ByteBuf field, int octets, String what) {
    require(field, octets, what);
    return field.readSlice(octets);
  }

  /** Checks that these octets are there. */
  static void require(ByteBuf field, int octets, String what) {
    if (field.readableBytes() < octets) {
      throw malformed(
          what + " needs " + octets + " octets, " + field.readableBytes() + " are left");
    }
  }

  /** RFC 7606 §5.3. */
  static BgpException malformed(String found) {
    return new BgpException(BgpError.INVALID_NETWORK_FIELD, found);
  }
}
