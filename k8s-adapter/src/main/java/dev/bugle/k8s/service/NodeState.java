package dev.bugle.k8s.service;

import java.util.Optional;

/** Whether this node takes part at all. Thread-safe: one thread tells, another asks. */
final class NodeState {

  private final String node;
  private final Runnable changed;
  private boolean isKnown;
  private Optional<NodeMark> mark = Optional.empty();

  /**
   * Nothing is known yet.
   *
   * @param node its name
   * @param changed called when something else is known
   */
  NodeState(String node, Runnable changed) {
    this.node = node;
    this.changed = changed;
  }

  /** The Node as it is now; nothing if there is none. */
  void now(Optional<NodeMark> next) {
    synchronized (this) {
      if (isKnown && next.equals(mark)) {
        return;
      }
      isKnown = true;
      mark = next;
    }
    changed.run();
  }

  /** Whether anything is known of it. */
  synchronized boolean isKnown() {
    return isKnown;
  }

  /** Why it is out of service; empty: it is not. */
  synchronized Optional<String> leaving() {
    if (mark.isEmpty()) {
      return Optional.of("the API server has no node " + node);
    }
    return mark.filter(NodeMark::isExcluded)
        .map(one -> "the node " + node + " has the label " + NodeMark.LABEL);
  }
}
