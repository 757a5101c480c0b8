package dev.bugle.bgp.wire.message;

import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.capability.Capability;
import dev.bugle.bgp.wire.capability.CapabilityDecoder;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * OPEN: who the sender is and what it can do (RFC 4271 §4.2). The version is always 4.
 *
 * @param myAutonomousSystem the two-octet field: 0 to 65535, {@link Asn#AS_TRANS} for larger ones
 * @param holdTime proposed, in seconds: 0 to 65535
 * @param bgpIdentifier of the sender
 * @param capabilities in the order of the wire
 */
public record OpenMessage(
    int myAutonomousSystem, int holdTime, Ipv4Address bgpIdentifier, List<Capability> capabilities)
    implements Message {

  private static final int VERSION = 4;
  private static final int CAPABILITIES_PARAMETER = 2;
  private static final int EXTENDED = 255;

  /** Checks the ranges and copies the list. */
  public OpenMessage {
    capabilities = List.copyOf(capabilities);
    if (myAutonomousSystem < 0 || myAutonomousSystem > 0xFFFF) {
      throw new IllegalArgumentException(
          "My Autonomous System " + myAutonomousSystem + " is not in 0 to 65535");
    }
    if (holdTime < 0 || holdTime > 0xFFFF) {
      throw new IllegalArgumentException("hold time " + holdTime + " is not in 0 to 65535 seconds");
    }
  }

  /** The sender's AS number: the 4-octet one when it sent the capability (RFC 6793 §4.1). */
  public long asn() {
    return capability(FourOctetAsCapability.class)
        .map(FourOctetAsCapability::asn)
        .orElse((long) myAutonomousSystem);
  }

  /** The first capability of this type, if it is there. */
  public <C extends Capability> Optional<C> capability(Class<C> type) {
    return capabilities(type).stream().findFirst();
  }

  /** All capabilities of this type, in the order of the wire. */
  public <C extends Capability> List<C> capabilities(Class<C> type) {
    return capabilities.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Reads the body; {@link MessageCodec} has checked that the fixed part is there. */
  static OpenMessage decode(ByteBuf body) {
    int version = body.readUnsignedByte();
    if (version != VERSION) {
      throw new BgpException(BgpError.UNSUPPORTED_VERSION, "OPEN has BGP version " + version);
    }
    int myAutonomousSystem = body.readUnsignedShort();
    int holdTime = body.readUnsignedShort();
    Ipv4Address identifier = new Ipv4Address(body.readInt());
    int length = body.readUnsignedByte();
    boolean extended =
        length != 0
            && body.isReadable()
            && body.getUnsignedByte(body.readerIndex()) == EXTENDED; // RFC 9072 §2
    if (extended) {
      if (body.readableBytes() < 3) {
        throw new BgpException(
            BgpError.OPEN_ERROR, "OPEN ends inside its extended parameter length");
      }
      body.skipBytes(1);
      length = body.readUnsignedShort();
    }
    if (length != body.readableBytes()) {
      throw new BgpException(
          BgpError.OPEN_ERROR,
          "OPEN says " + length + " octets of optional parameters and has " + body.readableBytes());
    }
    return new OpenMessage(
        myAutonomousSystem, holdTime, identifier, decodeParameters(body, extended));
  }

  private static List<Capability> decodeParameters(ByteBuf field, boolean extended) {
    List<Capability> capabilities = new ArrayList<>();
    while (field.isReadable()) {
      if (field.readableBytes() < (extended ? 3 : 2)) {
        throw new BgpException(BgpError.OPEN_ERROR, "OPEN ends inside a parameter header");
      }
      int type = field.readUnsignedByte();
      int length = extended ? field.readUnsignedShort() : field.readUnsignedByte();
      if (length > field.readableBytes()) {
        throw new BgpException(
            BgpError.OPEN_ERROR,
            "OPEN parameter "
                + type
                + " of "
                + length
                + " octets is beyond the "
                + field.readableBytes()
                + " octets left");
      }
      if (type != CAPABILITIES_PARAMETER) {
        throw new BgpException(
            BgpError.UNSUPPORTED_OPTIONAL_PARAMETER, "OPEN has parameter type " + type);
      }
      capabilities.addAll(CapabilityDecoder.decode(field.readSlice(length)));
    }
    return capabilities;
  }

  /** Appends the body. All capabilities go in one parameter (RFC 5492 §4). */
  void encode(ByteBuf out) {
    out.writeByte(VERSION);
    out.writeShort(myAutonomousSystem);
    out.writeShort(holdTime);
    bgpIdentifier.writeTo(out);
    Bytes values = Capability.bytesOf(capabilities);
    int length = values.length();
    if (length == 0) {
      out.writeByte(0);
    } else if (length + 2 <= EXTENDED) {
      out.writeByte(length + 2);
      out.writeByte(CAPABILITIES_PARAMETER);
      out.writeByte(length);
    } else { // RFC 9072 §2
      out.writeByte(EXTENDED);
      out.writeByte(EXTENDED);
      out.writeShort(length + 3);
      out.writeByte(CAPABILITIES_PARAMETER);
      out.writeShort(length);
    }
    values.writeTo(out);
  }

  @Override
  public MessageType type() {
    return MessageType.OPEN;
  }

  @Override
  public String toString() {
    return "OPEN AS "
        + asn()
        + ", hold time "
        + holdTime
        + " s, identifier "
        + bgpIdentifier
        + ", "
        + capabilities;
  }
}
