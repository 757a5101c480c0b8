package dev.bugle.bgp.wire.nlri;

/**
 * The label field of an EVPN route: an MPLS label in its first 20 bits, or a VNI in all 24 (RFC
 * 8365 §5.1.3). Which of them, the Encapsulation extended community of the route says.
 *
 * @param bits 0 to 16777215
 */
public record EvpnLabel(int bits) {

  /** Octets on the wire. */
  static final int LENGTH = 3;

  private static final int MAX = 0xFFFFFF;

  /** Checks the range. */
  public EvpnLabel {
    if (bits < 0 || bits > MAX) {
      throw new IllegalArgumentException("label field " + bits + " is not in 0 to 16777215");
    }
  }

  /** The field of this MPLS label, 0 to 1048575, at the bottom of the stack. */
  public static EvpnLabel ofMpls(int label) {
    return new EvpnLabel(label << 4 | 1);
  }

  static EvpnLabel parse(String text) {
    return new EvpnLabel(Words.number(MAX).apply(text).intValue());
  }

  /** The VXLAN Network Identifier, where the field holds one. */
  public int vni() {
    return bits;
  }

  /** The MPLS label, where the field holds one. */
  public int mplsLabel() {
    return bits >>> 4;
  }

  /** All 24 bits as one decimal number. */
  @Override
  public String toString() {
    return Integer.toString(bits);
  }
}
