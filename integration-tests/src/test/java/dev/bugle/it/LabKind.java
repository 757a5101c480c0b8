package dev.bugle.it;

/** The two ways to have a machine. */
enum LabKind {
  NAMESPACE,
  CONTAINER;

  Lab lab() {
    return switch (this) {
      case NAMESPACE -> new NamespaceLab();
      case CONTAINER -> new ContainerLab();
    };
  }
}
