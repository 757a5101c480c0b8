package dev.bugle.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The address families that can be read and written. Immutable; {@link #with} returns more. A
 * family without a codec is carried opaque.
 */
public final class NlriCodecs {

  /** IPv4 and IPv6 unicast. */
  public static final NlriCodecs UNICAST =
      new NlriCodecs(
          Map.of(
              AddressFamily.IPV4_UNICAST, new PrefixCodec(AddressFamily.IPV4_UNICAST),
              AddressFamily.IPV6_UNICAST, new PrefixCodec(AddressFamily.IPV6_UNICAST)));

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

  /**
   * Reads NLRI until the buffer is empty; with their path identifiers where the peer sends them.
   *
   * @param field a slice of exactly the field
   * @throws BgpException when the field is malformed
   */
  public List<Nlri> decode(AddressFamily family, ByteBuf field, CodecContext context) {
    NlriCodec codec = of(family);
    boolean identified = isIdentified(family, codec, context.received());
    if (!identified && codec instanceof PrefixCodec prefixes) {
      return prefixes.decodeAll(field);
    }
    List<Nlri> all = new ArrayList<>();
    while (field.isReadable()) {
      int start = field.readerIndex();
      all.add(identified ? decodePath(codec, field, context) : codec.decode(field, context));
      if (field.readerIndex() == start) {
        throw new IllegalStateException("the codec of " + family + " read nothing");
      }
    }
    return List.copyOf(all);
  }

  /**
   * Reads one of the NLRI at the front of a buffer, without a path identifier, and leaves what
   * follows; empty, and nothing is read, when the family has no codec to say where it ends.
   *
   * @throws BgpException when it is malformed
   */
  public Optional<Nlri> decodeOne(AddressFamily family, ByteBuf field, CodecContext context) {
    NlriCodec codec = of(family);
    if (codec == OPAQUE) {
      return Optional.empty();
    }
    if (!field.isReadable()) { // decoders rely on the first octet
      throw new BgpException(BgpError.INVALID_NETWORK_FIELD, "there are no NLRI of " + family);
    }
    return Optional.of(codec.decode(field, context));
  }

  private static PathNlri decodePath(NlriCodec codec, ByteBuf field, CodecContext context) {
    // What follows the identifier takes an octet at least, in every family.
    if (field.readableBytes() <= PathNlri.IDENTIFIER_LENGTH) {
      throw new BgpException(
          BgpError.INVALID_NETWORK_FIELD,
          "the NLRI end inside or behind a path identifier, "
              + field.readableBytes()
              + " octets are left");
    }
    long identifier = field.readUnsignedInt();
    return new PathNlri(identifier, codec.decode(field, context));
  }

  /**
   * Appends NLRI of one family, with their path identifiers where the peer takes them.
   *
   * @throws IllegalArgumentException when one is not of the family, has no path identifier where it
   *     must, or has one where it must not
   */
  public void encode(
      AddressFamily family, List<Nlri> destinations, ByteBuf out, CodecContext context) {
    NlriCodec codec = of(family);
    boolean identified = isIdentified(family, codec, context.sent());
    if (!identified && isPacked(destinations, codec)) {
      ((PackedPrefixes) destinations).encode(out);
      return;
    }
    for (Nlri nlri : destinations) {
      if (identified != nlri instanceof PathNlri) {
        throw new IllegalArgumentException(
            identified
                ? nlri + " needs a path identifier, which was agreed for " + family
                : nlri + " has a path identifier, which was not agreed for " + family);
      }
      if (nlri instanceof PathNlri path) {
        out.writeInt((int) path.pathIdentifier());
        codec.encode(path.nlri(), out, context);
      } else {
        codec.encode(nlri, out, context);
      }
    }
  }

  /** How many octets {@link #encode} appends for one NLRI. */
  public int encodedLength(AddressFamily family, Nlri nlri, CodecContext context) {
    return nlri instanceof PathNlri path
        ? PathNlri.IDENTIFIER_LENGTH + of(family).encodedLength(path.nlri(), context)
        : of(family).encodedLength(nlri, context);
  }

  /** How many octets {@link #encode} appends for all of these NLRI. */
  public int encodedLength(AddressFamily family, List<Nlri> destinations, CodecContext context) {
    if (isPacked(destinations, of(family))) {
      return ((PackedPrefixes) destinations).encodedLength();
    }
    int octets = 0;
    for (Nlri nlri : destinations) {
      octets += encodedLength(family, nlri, context);
    }
    return octets;
  }

  private static boolean isPacked(List<Nlri> destinations, NlriCodec codec) {
    return destinations instanceof PackedPrefixes prefixes
        && codec instanceof PrefixCodec own
        && own.carries(prefixes);
  }

  /** What is carried opaque keeps its identifiers inside: nobody knows where the NLRI begin. */
  private static boolean isIdentified(AddressFamily family, NlriCodec codec, Direction direction) {
    return codec != OPAQUE && direction.pathIdentifiers().contains(family);
  }

  private NlriCodec of(AddressFamily family) {
    return codecs.getOrDefault(family, OPAQUE);
  }

  private static final class OpaqueCodec implements NlriCodec {
    @Override
    public AddressFamily family() {
      throw new UnsupportedOperationException("stands for every unknown family");
    }

    @Override
    public Nlri decode(ByteBuf field, CodecContext context) {
      return new OpaqueNlri(Bytes.readAll(field));
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
