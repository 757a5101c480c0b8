package dev.bugle.it;

/** The routers that the laboratory drives. */
enum RouterKind {
  FRR,
  GOBGP,
  BIRD;

  RealRouter in(Machine machine) {
    return switch (this) {
      case FRR -> new FrrRouter(machine);
      case GOBGP -> new GobgpRouter(machine);
      case BIRD -> new BirdRouter(machine);
    };
  }
}
