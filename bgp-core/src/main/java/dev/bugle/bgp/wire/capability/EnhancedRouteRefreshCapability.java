package dev.bugle.bgp.wire.capability;

import io.netty.buffer.ByteBuf;

/**
 * Enhanced Route Refresh (RFC 7313 §3.1): the sender understands the messages that mark where a
 * refresh begins and ends.
 */
public enum EnhancedRouteRefreshCapability implements Capability {
  /** The capability is there. */
  PRESENT;

  /** The capability code. */
  public static final int CODE = 70;

  static EnhancedRouteRefreshCapability decode(ByteBuf value) {
    CapabilityDecoder.requireLength(value, 0, "enhanced route refresh");
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
    return "enhanced route refresh";
  }
}
