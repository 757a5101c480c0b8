package dev.bugle.it;

/** The real routers that speak BFD. */
enum BfdKind {
  FRR(255),
  BIRD(64);

  private final int multihopTtl;

  BfdKind(int multihopTtl) {
    this.multihopTtl = multihopTtl;
  }

  /** With which TTL it sends over several hops; RFC 5883 does not name one. */
  int multihopTtl() {
    return multihopTtl;
  }

  RealBfd in(Machine machine) {
    return switch (this) {
      case FRR -> new FrrBfd(machine);
      case BIRD -> new BirdBfd(machine);
    };
  }
}
