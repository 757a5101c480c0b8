package dev.bugle.bgp.wire.attribute;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.CodecContext;
import io.netty.buffer.ByteBuf;
import java.util.Locale;

/** ORIGIN: where the reachability came from (RFC 4271 §5.1.1). */
public enum Origin implements PathAttribute {
  /** From an interior protocol, or local. */
  IGP(0),
  /** From the historic EGP. */
  EGP(1),
  /** By other means. */
  INCOMPLETE(2);

  private final int code;

  Origin(int code) {
    this.code = code;
  }

  /** The number on the wire; lower is preferred (RFC 4271 §9.1.2.2 (b)). */
  public int code() {
    return code;
  }

  static Origin decode(ByteBuf value, CodecContext context) {
    AttributeType.requireLength(value, 1, "ORIGIN");
    int code = value.readUnsignedByte();
    return switch (code) {
      case 0 -> IGP;
      case 1 -> EGP;
      case 2 -> INCOMPLETE;
      default ->
          throw new BgpException(
              BgpError.INVALID_ORIGIN,
              "ORIGIN " + code + " is not 0 (IGP), 1 (EGP) or 2 (INCOMPLETE)");
    };
  }

  @Override
  public int typeCode() {
    return AttributeType.ORIGIN;
  }

  @Override
  public AttributeFlags flags() {
    return AttributeFlags.WELL_KNOWN;
  }

  @Override
  public void encodeValue(ByteBuf out, CodecContext context) {
    out.writeByte(code);
  }

  @Override
  public int valueLength(CodecContext context) {
    return 1;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
