package dev.bugle.bgp.ls;

/**
 * The segment that leads to a prefix (RFC 9085 §2.3.1). bgpcep wants to know the protocol for the
 * flags, which the attribute does not say, so it is read here.
 *
 * @param flags 0 to 255; what they mean is said by the IGP
 * @param algorithm by which the path is computed, 0 to 255
 * @param segment its label or index
 */
public record PrefixSid(int flags, int algorithm, Segment segment) {

  private static final int FIXED_LENGTH = 4;

  static final TlvForm<PrefixSid> FORM =
      TlvForm.of(
          value -> Segment.fits(value, FIXED_LENGTH),
          in -> {
            int flags = in.readUnsignedByte();
            int algorithm = in.readUnsignedByte();
            return new PrefixSid(flags, algorithm, Segment.read(in.skipBytes(2)));
          },
          (sid, out) -> {
            out.writeByte(sid.flags()).writeByte(sid.algorithm()).writeZero(2);
            sid.segment().write(out);
          });

  /** Checks the ranges. */
  public PrefixSid {
    if (flags < 0 || flags > 255 || algorithm < 0 || algorithm > 255) {
      throw new IllegalArgumentException(
          "flags " + flags + " or algorithm " + algorithm + " are not in 0 to 255");
    }
  }

  /** Like {@code index-100|0x40|0}: segment, flags and algorithm. */
  @Override
  public String toString() {
    return segment + "|0x%02x|".formatted(flags) + algorithm;
  }
}
