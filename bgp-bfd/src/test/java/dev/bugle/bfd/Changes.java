package dev.bugle.bfd;

import dev.bugle.bfd.wire.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What a listener has heard, in order, to wait on. */
final class Changes implements BfdListener {

  private final BlockingQueue<BfdStateChange> heard = new LinkedBlockingQueue<>();

  @Override
  public void stateChanged(BfdSession session, BfdStateChange change) {
    heard.add(change);
  }

  /** The next change to this state; those before it are thrown away. */
  BfdStateChange await(State to) {
    return Deadline.await(heard, "a change to " + to, change -> change.to() == to);
  }

  /** The next change from this state; those before it are thrown away. */
  BfdStateChange awaitFrom(State from) {
    return Deadline.await(heard, "a change from " + from, change -> change.from() == from);
  }

  /** What has not been awaited; it still can be. */
  List<BfdStateChange> all() {
    return List.copyOf(heard);
  }

  /** What has not been awaited. */
  List<BfdStateChange> rest() {
    List<BfdStateChange> rest = new ArrayList<>();
    heard.drainTo(rest);
    return rest;
  }
}
