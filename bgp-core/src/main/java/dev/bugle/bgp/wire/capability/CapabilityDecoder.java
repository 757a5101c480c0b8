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
      Map.ofEntries(
          Map.entry(MultiprotocolCapability.CODE, MultiprotocolCapability::decode),
          Map.entry(RouteRefreshCapability.CODE, RouteRefreshCapability::decode),
          Map.entry(ExtendedNextHopCapability.CODE, ExtendedNextHopCapability::decode),
          Map.entry(ExtendedMessageCapability.CODE, ExtendedMessageCapability::decode),
          Map.entry(RoleCapability.CODE, RoleCapability::decode),
          Map.entry(GracefulRestartCapability.CODE, GracefulRestartCapability::decode),
          Map.entry(FourOctetAsCapability.CODE, FourOctetAsCapability::decode),
          Map.entry(AddPathCapability.CODE, AddPathCapability::decode),
          Map.entry(EnhancedRouteRefreshCapability.CODE, EnhancedRouteRefreshCapability::decode),
          Map.entry(
              LongLivedGracefulRestartCapability.CODE, LongLivedGracefulRestartCapability::decode),
          Map.entry(FqdnCapability.CODE, FqdnCapability::decode),
          Map.entry(SoftwareVersionCapability.CODE, SoftwareVersionCapability::decode));

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

  /** Checks that the value is a header and a list of things of one size. */
  static void requireHeaderAndMultiple(ByteBuf value, int header, int size, String name) {
    int length = value.readableBytes();
    if (length < header || (length - header) % size != 0) {
      String octets = header == 0 ? "" : header + " and ";
      throw new BgpException(
          BgpError.OPEN_ERROR,
          "capability "
              + name
              + " has "
              + length
              + " octets, not "
              + octets
              + "a multiple of "
              + size);
    }
  }

  /** Checks that a list fits in a capability, whose length stands in one octet. */
  static void requireRoom(List<?> entries, int most, String name) {
    if (entries.size() > most) {
      throw new IllegalArgumentException(
          "capability " + name + " holds at most " + most + " entries, not " + entries.size());
    }
  }
}
