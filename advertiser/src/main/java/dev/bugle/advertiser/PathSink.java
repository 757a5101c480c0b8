package dev.bugle.advertiser;

import dev.bugle.bgp.session.PathState;

/** Who wants to know how the path to a router is. Called by one thread at a time; never blocks. */
@FunctionalInterface
interface PathSink {

  /** The path is in this state now; the cause is for people. */
  void pathState(PathState state, String cause);
}
