package dev.bugle.bgp.ls;

/**
 * The segment that leads over a link (RFC 9085 §2.2.1). bgpcep wants to know the protocol for the
 * flags, which the attribute does not say, so it is read here.
 *
 * @param flags 0 to 255; what they mean is said by the IGP
 * @param weight among several, 0 to 255
 * @param segment its label or index
 */
public record AdjacencySid(int flags, int weight, Segment segment) {

  private static final int FIXED_LENGTH = 4;

  static final TlvForm<AdjacencySid> FORM =
      TlvForm.of(
          value -> Segment.fits(value, FIXED_LENGTH),
          in -> {
            int flags = in.readUnsignedByte();
            int weight = in.readUnsignedByte();
            return new AdjacencySid(flags, weight, Segment.read(in.skipBytes(2)));
          },
          (sid, out) -> {
            out.writeByte(sid.flags()).writeByte(sid.weight()).writeZero(2);
            sid.segment().write(out);
          });

  /** Checks the ranges. */
  public AdjacencySid {
    if (flags < 0 || flags > 255 || weight < 0 || weight > 255) {
      throw new IllegalArgumentException(
          "flags " + flags + " or weight " + weight + " are not in 0 to 255");
    }
  }

  /** Like {@code 24000|0x30|10}: segment, flags and weight. */
  @Override
  public String toString() {
    return segment + "|0x%02x|".formatted(flags) + weight;
  }
}
