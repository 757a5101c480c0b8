package dev.bugle.bgp.wire.capability;

import io.netty.buffer.ByteBuf;

/** Extended Message (RFC 8654 §3): the sender takes messages of up to 65535 octets. */
public enum ExtendedMessageCapability implements Capability {
  /** The capability is there. */
  PRESENT;

  /** The capability code. */
  public static final int CODE = 6;

  static ExtendedMessageCapability decode(ByteBuf value) {
    CapabilityDecoder.requireLength(value, 0, "extended message");
    return PRESENT;
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void encodeValue(ByteBuf out) {
    // The capability has no value.
  }

  @Override
  public String toString() {
    return "extended message";
  }
}
