package dev.bugle.bfd;

/** The UDP ports on which BFD packets arrive. */
enum Port {
  /** Control packets over one hop (RFC 5881 §4). */
  SINGLE_HOP(3784),
  /** Control packets over several hops (RFC 5883 §5). */
  MULTIHOP(4784),
  /** Our own packets, returned by a neighbour (RFC 5881 §4, RFC 9747). */
  ECHO(3785);

  private final int number;

  Port(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static Port of(BfdSessionConfig config) {
    if (config.unaffiliated()) {
      return ECHO;
    }
    return config.hops().isMultihop() ? MULTIHOP : SINGLE_HOP;
  }
}
