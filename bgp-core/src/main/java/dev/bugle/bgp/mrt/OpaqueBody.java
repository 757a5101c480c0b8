package dev.bugle.bgp.mrt;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;

/**
 * A record of a type that is not read here: another protocol, a table in the form before
 * TABLE_DUMP_V2, a family without a codec.
 *
 * @param type 0 to 65535
 * @param subtype 0 to 65535
 * @param octets all that follows the header; where the type has microseconds they are the first
 *     four
 */
public record OpaqueBody(int type, int subtype, Bytes octets) implements MrtBody {

  /** Checks the ranges. */
  public OpaqueBody {
    if (type < 0 || type > 0xFFFF || subtype < 0 || subtype > 0xFFFF) {
      throw new IllegalArgumentException(
          "MRT type " + type + " with subtype " + subtype + " is out of range");
    }
  }

  @Override
  public void encode(ByteBuf out) {
    octets.writeTo(out);
  }

  /** Like {@code MRT type 12 subtype 1: 0000…}. */
  @Override
  public String toString() {
    return "MRT type " + type + " subtype " + subtype + ": " + octets;
  }
}
