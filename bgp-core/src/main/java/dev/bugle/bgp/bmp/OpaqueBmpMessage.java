package dev.bugle.bgp.bmp;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;

/**
 * A message of a type that is not known.
 *
 * @param type 0 to 255
 * @param octets all that follows the common header
 */
public record OpaqueBmpMessage(int type, Bytes octets) implements BmpMessage {

  /** Checks the range. */
  public OpaqueBmpMessage {
    if (type < 0 || type > 0xFF) {
      throw new IllegalArgumentException("message type " + type + " is not in 0 to 255");
    }
  }

  @Override
  public void encode(ByteBuf out) {
    octets.writeTo(out);
  }

  /** Like {@code BMP type 99: 0102}. */
  @Override
  public String toString() {
    return "BMP type " + type + ": " + octets;
  }
}
