package dev.bugle.bfd;

/** Where log lines go, from BFD's thread. */
@FunctionalInterface
interface Journal {

  /** Takes a line; returns at once. */
  void write(Runnable line);
}
