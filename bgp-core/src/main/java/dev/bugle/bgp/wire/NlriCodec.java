package dev.bugle.bgp.wire;

import io.netty.buffer.ByteBuf;

/**
 * How the NLRI of one address family stand on the wire. This is the open door for families: an
 * artifact of its own implements it and hands it to {@link NlriCodecs#with}.
 *
 * <p>Implementations are stateless and may be called from any thread.
 */
public interface NlriCodec {

  /** The family that this codec reads and writes. */
  AddressFamily family();

  /**
   * Reads the next NLRI off the field, without a path identifier: {@link NlriCodecs} takes care of
   * these.
   *
   * @param field what is left of exactly the field; not empty
   * @throws BgpException when the field is malformed; never another exception
   */
  Nlri decode(ByteBuf field, CodecContext context);

  /** Appends one NLRI, which is of the type that this codec decodes to. */
  void encode(Nlri nlri, ByteBuf out, CodecContext context);

  /** How many octets {@link #encode} appends for this NLRI. */
  int encodedLength(Nlri nlri, CodecContext context);
}
