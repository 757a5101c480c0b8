package dev.bugle.bfd;

/** The UDP ports on which BFD packets arrive. */
enum Port {
  /** Control packets over one hop (RFC 5881 §4). */
  SINGLE_HOP(3784),
  /** Control packets over several hops (RFC 5883 §5). */
  MULTIHOP(4784);

  private final int number;

  Port(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static Port of(BfdSessionConfig.Hops hops) {
    return hops.isMultihop() ? MULTIHOP : SINGLE_HOP;
  }
}
