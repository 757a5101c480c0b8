package dev.bugle.k8s.apiserver;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A request that is not done, with the words in which kube-apiserver says so. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1;

  private final int code;
  private final String reason;

  Refusal(int code, String reason, String message) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
  }

  static Refusal notFound(ResourceKind kind, String name) {
    return new Refusal(404, "NotFound", "%s \"%s\" not found".formatted(kind.qualified(), name));
  }

  static Refusal modified(ResourceKind kind, String name) {
    return new Refusal(
        409,
        "Conflict",
        "Operation cannot be fulfilled on %s \"%s\": the object has been modified; please apply your changes to the latest version and try again"
            .formatted(kind.qualified(), name));
  }

  static Refusal invalid(ResourceKind kind, String name, String field, String what) {
    return new Refusal(
        422,
        "Invalid",
        "%s %s \"%s\" is invalid: %s: %s"
            .formatted(kind.singular(), kind.group(), name, field, what));
  }

  static Refusal badRequest(String message) {
    return new Refusal(400, "BadRequest", message);
  }

  /** A version of which the server does not know any more what came after it. */
  static Refusal expired(long wanted, long oldest) {
    return new Refusal(
        410, "Expired", "too old resource version: %d (%d)".formatted(wanted, oldest));
  }

  int code() {
    return code;
  }

  /** As an object of kind Status. */
  ObjectNode status() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", String.valueOf(getMessage()));
    return status.put("reason", reason).put("code", code);
  }
}
