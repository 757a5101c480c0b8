package dev.bugle.k8s.service;

/**
 * What the status of a Service says of it for us. The same on all nodes: it is made of the objects
 * alone.
 *
 * @param isTrue whether some node can announce it
 * @param reason one word for programs
 * @param message for people
 */
record Condition(boolean isTrue, String reason, String message) {

  /** Its type. */
  static final String TYPE = "bugle.dev/Announceable";
}
