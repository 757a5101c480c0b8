package dev.bugle.benchmarks.bfd;

/** Whose packet it is. */
enum Side {
  CONTENDER,
  NEIGHBOUR;

  Side other() {
    return this == CONTENDER ? NEIGHBOUR : CONTENDER;
  }
}
