package dev.bugle.bgp.wire.capability;

import io.netty.buffer.ByteBuf;

/** Route Refresh (RFC 2918 §2): the sender re-sends its routes when asked. */
public enum RouteRefreshCapability implements Capability {
  /** The capability is there. */
  PRESENT;

  /** The capability code. */
  public static final int CODE = 2;

  static RouteRefreshCapability decode(ByteBuf value) {
    CapabilityDecoder.requireLength(value, 0, "route refresh");
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
    return "route refresh";
  }
}
