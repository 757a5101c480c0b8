package dev.bugle.k8s.apiserver;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the verbs do to objects. */
final class Objects {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private final Store store;

  Objects(Store store) {
    this.store = store;
  }

  static JsonNode parse(String text) throws Refusal {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw Refusal.badRequest("the object provided is unrecognized: " + e.getOriginalMessage());
    }
  }

  static ObjectNode object(String text) throws Refusal {
    if (parse(text) instanceof ObjectNode object) {
      return object;
    }
    throw Refusal.badRequest("the object provided is unrecognized: no JSON object");
  }

  ObjectNode get(Target target) throws Refusal {
    return store
        .find(target.kind(), target.namespace(), target.name())
        .orElseThrow(() -> Refusal.notFound(target.kind(), target.name()));
  }

  ObjectNode create(Target target, ObjectNode object) throws Refusal {
    ResourceKind kind = target.kind();
    ObjectNode metadata = metadata(kind, object);
    String name = metadata.path("name").asString("");
    String stem = metadata.path("generateName").asString("");
    if (name.isEmpty() && !stem.isEmpty()) {
      name = stem + Long.toString(store.revision(), 36);
    }
    if (metadata.has("resourceVersion")
        && !metadata.path("resourceVersion").asString("").isEmpty()) {
      throw Refusal.badRequest("resourceVersion should not be set on objects to be created");
    }
    String namespace = metadata.path("namespace").asString(target.namespace());
    if (kind.isNamespaced()) {
      if (target.namespace().isEmpty() || !namespace.equals(target.namespace())) {
        throw Refusal.badRequest(
            "the namespace of the provided object does not match the namespace sent on the"
                + " request");
      }
      if (store.find(ResourceKind.NAMESPACE, "", namespace).isEmpty()) {
        throw Refusal.notFound(ResourceKind.NAMESPACE, namespace);
      }
      metadata.put("namespace", namespace);
    }
    metadata.put("name", name);
    if (kind == ResourceKind.SERVICE) {
      object.putObject("status").putObject("loadBalancer");
    }
    Form.check(kind, name, object);
    return store.create(kind, object);
  }

  ObjectNode replace(Target target, ObjectNode object) throws Refusal {
    ObjectNode before = get(target);
    String name = target.name();
    ResourceKind kind = target.kind();
    ObjectNode metadata = metadata(kind, object);
    if (!metadata.path("name").asString(name).equals(name)) {
      throw Refusal.badRequest("the name of the object does not match the name on the URL");
    }
    JsonNode known = before.get("metadata");
    String version = metadata.path("resourceVersion").asString("");
    if (version.isEmpty() && !kind.allowsUnconditionalUpdate()) {
      throw Refusal.invalid(
          kind, name, "metadata.resourceVersion", "must be specified for an update");
    }
    String uid = metadata.path("uid").asString(known.path("uid").asString(""));
    if ((!version.isEmpty() && !version.equals(known.path("resourceVersion").asString("")))
        || !uid.equals(known.path("uid").asString(""))) {
      throw Refusal.modified(kind, name);
    }
    ObjectNode after = object.deepCopy();
    keep(after, before, target);
    Form.check(kind, name, after);
    ObjectNode stored = store.replace(kind, before, after);
    if (isGoing(stored) && stored.path("metadata").path("finalizers").isEmpty()) {
      store.delete(kind, stored);
    }
    return stored;
  }

  /** What a request like this cannot change stays. */
  private static void keep(ObjectNode after, ObjectNode before, Target target) {
    ObjectNode metadata = (ObjectNode) after.get("metadata");
    for (String field :
        new String[] {"name", "namespace", "uid", "creationTimestamp", "deletionTimestamp"}) {
      copy(field, (ObjectNode) before.get("metadata"), metadata);
    }
    copy("apiVersion", before, after);
    copy("kind", before, after);
    if (target.part().equals("status")) {
      copy("spec", before, after);
    } else if (target.kind().hasStatus()) {
      copy("status", before, after);
    }
  }

  private static void copy(String field, ObjectNode from, ObjectNode to) {
    JsonNode value = from.get(field);
    if (value == null) {
      to.remove(field);
    } else {
      to.set(field, value);
    }
  }

  ObjectNode patch(Target target, String mediaType, String body) throws Refusal {
    ObjectNode before = get(target);
    ObjectNode after = Patch.apply(before, mediaType, parse(body));
    return replace(target, after);
  }

  /** Answers the object, or what is said instead of one that is gone. */
  ObjectNode delete(Target target, String body) throws Refusal {
    ObjectNode before = get(target);
    JsonNode conditions =
        (body.isEmpty() ? JSON.createObjectNode() : parse(body)).path("preconditions");
    for (String field : new String[] {"uid", "resourceVersion"}) {
      String known = Selection.text(before, "metadata", field);
      if (!conditions.path(field).asString(known).equals(known)) {
        throw Refusal.modified(target.kind(), target.name());
      }
    }
    if (!before.path("metadata").path("finalizers").isEmpty()) {
      if (isGoing(before)) {
        return before;
      }
      ObjectNode going = before.deepCopy();
      ((ObjectNode) going.get("metadata")).put("deletionTimestamp", "2026-01-01T00:00:00Z");
      return store.replace(target.kind(), before, going);
    }
    store.delete(target.kind(), before);
    return JSON.createObjectNode()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("status", "Success");
  }

  private static boolean isGoing(ObjectNode object) {
    return object.path("metadata").has("deletionTimestamp");
  }

  private static ObjectNode metadata(ResourceKind kind, ObjectNode object) throws Refusal {
    Optional<ResourceKind> said =
        ResourceKind.of(object.path("apiVersion").asString(""), object.path("kind").asString(""));
    if (said.filter(kind::equals).isEmpty()) {
      throw Refusal.badRequest(
          "the object provided is no %s of %s".formatted(kind.singular(), kind.apiVersion()));
    }
    return object.get("metadata") instanceof ObjectNode metadata
        ? metadata
        : object.putObject("metadata");
  }
}
