package dev.bugle.bgp.ls;

import dev.bugle.bgp.wire.Bytes;
import io.netty.buffer.ByteBuf;

/**
 * What a segment is addressed by (RFC 8402): a label, or an index into the ranges of labels of each
 * node.
 *
 * @param value a label of 0 to 1048575, or an index of 0 to 4294967295
 * @param isLabel which of the two; a label takes three octets, an index four
 */
public record Segment(long value, boolean isLabel) {

  private static final int LABEL_LENGTH = 3;
  private static final int INDEX_LENGTH = 4;

  /** Checks the range. */
  public Segment {
    if (value < 0 || value > (isLabel ? 0xF_FFFF : 0xFFFF_FFFFL)) {
      throw new IllegalArgumentException("segment " + value + " is out of range");
    }
  }

  /** Whether that is left for a segment behind so many octets. */
  static boolean fits(Bytes value, int octetsBefore) {
    int left = value.length() - octetsBefore;
    return left == LABEL_LENGTH || left == INDEX_LENGTH;
  }

  /** Reads the rest of a value. The upper four bits of a label say nothing (RFC 8667 §2.1.1.1). */
  static Segment read(ByteBuf in) {
    return in.readableBytes() == LABEL_LENGTH
        ? new Segment(in.readUnsignedMedium() & 0xF_FFFF, true)
        : new Segment(in.readUnsignedInt(), false);
  }

  void write(ByteBuf out) {
    if (isLabel) {
      out.writeMedium((int) value);
    } else {
      out.writeInt((int) value);
    }
  }

  /** Like {@code 24000}, or {@code index-100}. */
  @Override
  public String toString() {
    return (isLabel ? "" : "index-") + value;
  }
}
