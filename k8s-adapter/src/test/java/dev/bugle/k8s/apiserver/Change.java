package dev.bugle.k8s.apiserver;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happened to an object.
 *
 * @param revision the version that it has since then
 * @param before as it was; empty when it was made
 * @param after as it is; empty when it was deleted
 */
record Change(
    ResourceKind kind, long revision, Optional<ObjectNode> before, Optional<ObjectNode> after) {

  /** The event that a watch of that selection is told; empty if it does not concern it. */
  Optional<ObjectNode> event(Selection selection) {
    boolean was = before.filter(selection::has).isPresent();
    boolean is = after.filter(selection::has).isPresent();
    if (is) {
      return Optional.of(event(was ? "MODIFIED" : "ADDED", after.orElseThrow()));
    }
    if (was) {
      ObjectNode last = before.orElseThrow().deepCopy();
      ((ObjectNode) last.get("metadata")).put("resourceVersion", Long.toString(revision));
      return Optional.of(event("DELETED", last));
    }
    return Optional.empty();
  }

  static ObjectNode event(String type, ObjectNode object) {
    ObjectNode event = object.objectNode().put("type", type);
    event.set("object", object);
    return event;
  }
}
