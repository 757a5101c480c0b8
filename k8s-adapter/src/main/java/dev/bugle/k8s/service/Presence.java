package dev.bugle.k8s.service;

/**
 * Where a service has endpoints that take traffic. That is all that is kept of them.
 *
 * @param readyHere one on this node is ready
 * @param readyElsewhere one on another node is, or on none that is known
 * @param leavingHere one on this node terminates and still serves
 * @param leavingElsewhere one on another node does
 */
record Presence(
    boolean readyHere, boolean readyElsewhere, boolean leavingHere, boolean leavingElsewhere) {

  static final Presence NONE = new Presence(false, false, false, false);

  /** What both of them have. */
  Presence and(Presence other) {
    return new Presence(
        readyHere || other.readyHere,
        readyElsewhere || other.readyElsewhere,
        leavingHere || other.leavingHere,
        leavingElsewhere || other.leavingElsewhere);
  }

  boolean isReady() {
    return readyHere || readyElsewhere;
  }

  boolean isLeaving() {
    return leavingHere || leavingElsewhere;
  }

  /** Whether anybody takes traffic at all. */
  boolean isServed() {
    return isReady() || isLeaving();
  }
}
