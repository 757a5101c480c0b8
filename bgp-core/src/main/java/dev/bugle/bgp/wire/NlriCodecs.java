package dev.bugle.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The address families that a codec can read and write. Immutable; {@link #with} returns more. */
public final class NlriCodecs {

  /** IPv4 and IPv6 unicast. */
  public static final NlriCodecs UNICAST =
      new NlriCodecs(
          Map.of(
              AddressFamily.IPV4_UNICAST, new UnicastCodec(AddressFamily.IPV4_UNICAST),
              AddressFamily.IPV6_UNICAST, new UnicastCodec(AddressFamily.IPV6_UNICAST)));

  /** Carries a field of an unknown family whole. */
  private static final NlriCodec OPAQUE = new OpaqueCodec();

  private final Map<AddressFamily, NlriCodec> codecs;

  private NlriCodecs(Map<AddressFamily, NlriCodec> codecs) {
    this.codecs = Map.copyOf(codecs);
  }

  /** These codecs and one more, which replaces any of its family. */
  public NlriCodecs with(NlriCodec codec) {
    Map<AddressFamily, NlriCodec> more = new TreeMap<>(codecs);
    more.put(codec.family(), codec);
    return new NlriCodecs(more);
  }

  /** The codec of this family; for an unknown one, a codec that carries the field opaque. */
  public NlriCodec of(AddressFamily family) {
    return codecs.getOrDefault(family, OPAQUE);
  }

  private static final class OpaqueCodec implements NlriCodec {
    @Override
    public AddressFamily family() {
      throw new UnsupportedOperationException("stands for every unknown family");
    }

    @Override
    public List<Nlri> decode(ByteBuf field, CodecContext context) {
      return field.isReadable() ? List.of(new OpaqueNlri(Bytes.readAll(field))) : List.of();
    }

    @Override
    public void encode(Nlri nlri, ByteBuf out, CodecContext context) {
      opaque(nlri).octets().writeTo(out);
    }

    @Override
    public int encodedLength(Nlri nlri, CodecContext context) {
      return opaque(nlri).octets().length();
    }

    private static OpaqueNlri opaque(Nlri nlri) {
      if (nlri instanceof OpaqueNlri octets) {
        return octets;
      }
      throw new IllegalArgumentException(
          nlri + " is of a family without a codec; register one with NlriCodecs.with");
    }
  }
}
