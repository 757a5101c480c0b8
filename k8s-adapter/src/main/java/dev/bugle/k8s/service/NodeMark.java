package dev.bugle.k8s.service;

/**
 * What is kept of a Node.
 *
 * @param isExcluded whether it is marked as one that load balancers leave out
 */
record NodeMark(boolean isExcluded) {

  /** The label that marks it so, with any value; the controllers of Kubernetes heed it, too. */
  static final String LABEL = "node.kubernetes.io/exclude-from-external-load-balancers";
}
