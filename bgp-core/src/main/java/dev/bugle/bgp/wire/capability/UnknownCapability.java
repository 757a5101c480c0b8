package dev.bugle.bgp.wire.capability;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;

/**
 * A capability that the table does not know, kept byte for byte.
 *
 * @param code 0 to 255
 * @param value at most 255 octets
 */
public record UnknownCapability(int code, Bytes value) implements Capability {

  /** Checks the ranges. */
  public UnknownCapability {
    if (code < 0 || code > 255 || value.length() > 255) {
      throw new IllegalArgumentException(
          "capability " + code + " with " + value.length() + " octets does not fit its fields");
    }
  }

  @Override
  public void encodeValue(ByteBuf out) {
    value.writeTo(out);
  }

  @Override
  public String toString() {
    return "capability " + code + (value.isEmpty() ? "" : " " + value);
  }
}
