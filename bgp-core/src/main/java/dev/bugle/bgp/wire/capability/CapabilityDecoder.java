package dev.bugle.bgp.wire.capability;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the Capabilities parameter of OPEN; what is the same for all capabilities. */
public final class CapabilityDecoder {

  /** The table: which code is read by what. Decoders get a slice of exactly the value. */
  private static final Map<Integer, Function<ByteBuf, Capability>> TABLE =
      Map.of(
          MultiprotocolCapability.CODE, MultiprotocolCapability::decode,
          RouteRefreshCapability.CODE, RouteRefreshCapability::decode,
          FourOctetAsCapability.CODE, FourOctetAsCapability::decode);

  private CapabilityDecoder() {}

  /**
   * Reads capabilities until the buffer is empty.
   *
   * @param field a slice of exactly the value of one Capabilities parameter
   * @throws BgpException with OPEN Message Error
   */
  public static List<Capability> decode(ByteBuf field) {
    List<Capability> capabilities = new ArrayList<>();
    while (field.isReadable()) {
      if (field.readableBytes() < 2) {
        throw new BgpException(BgpError.OPEN_ERROR, "the capabilities end inside a header");
      }
      int code = field.readUnsignedByte();
      int length = field.readUnsignedByte();
      if (length > field.readableBytes()) {
        throw new BgpException(
            BgpError.OPEN_ERROR,
            "capability "
                + code
                + " of "
                + length
                + " octets is beyond the "
                + field.readableBytes()
                + " octets left");
      }
      ByteBuf value = field.readSlice(length);
      Function<ByteBuf, Capability> decoder = TABLE.get(code);
      capabilities.add(
          decoder == null
              ? new UnknownCapability(code, Bytes.readAll(value))
              : decoder.apply(value));
    }
    return capabilities;
  }

  /** Checks that the value has exactly this length. */
  static void requireLength(ByteBuf value, int length, String name) {
    if (value.readableBytes() != length) {
      throw new BgpException(
          BgpError.OPEN_ERROR,
          "capability " + name + " has " + value.readableBytes() + " octets, not " + length);
    }
  }
}
