package dev.bugle.it;

import java.util.Optional;

/** A place where machines can be had. */
interface Lab {

  /** What this lab lacks on this host, as a sentence; empty if it can be used. */
  Optional<String> missing();

  Machine newMachine();
}
