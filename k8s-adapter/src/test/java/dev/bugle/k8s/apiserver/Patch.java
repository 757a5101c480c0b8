package dev.bugle.k8s.apiserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Patches: the two kinds that are standards, RFC 7386 and RFC 6902, and the strategic merge patch
 * of Kubernetes, which differs from the first in that it merges some lists.
 */
final class Patch {

  /** The lists that a strategic merge patch merges, and by which field; all others it replaces. */
  private static final Map<String, String> KEYS =
      Map.of(
          "/status/conditions", "type",
          "/spec/ports", "port",
          "/metadata/ownerReferences", "uid");

  private Patch() {}

  /** What becomes of an object by a patch of that media type. */
  static ObjectNode apply(ObjectNode object, String mediaType, JsonNode patch) throws Refusal {
    String type = mediaType.split(";", -1)[0].strip();
    boolean isStrategic = type.equals("application/strategic-merge-patch+json");
    if ((isStrategic || type.equals("application/merge-patch+json"))
        && patch instanceof ObjectNode changes) {
      ObjectNode merged = object.deepCopy();
      merge(merged, changes, isStrategic ? KEYS : Map.of(), "");
      return merged;
    }
    if (type.equals("application/json-patch+json") && patch instanceof ArrayNode steps) {
      ObjectNode patched = object.deepCopy();
      for (JsonNode step : steps) {
        apply(patched, step);
      }
      return patched;
    }
    throw new Refusal(415, "UnsupportedMediaType", "the server does not take patches as " + type);
  }

  private static void merge(
      ObjectNode target, ObjectNode changes, Map<String, String> keys, String path) {
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      String name = change.getKey();
      String at = path + "/" + name;
      if (change.getValue().isNull()) {
        target.remove(name);
      } else if (change.getValue() instanceof ObjectNode inner) {
        if (!(target.get(name) instanceof ObjectNode)) {
          target.putObject(name);
        }
        merge((ObjectNode) target.get(name), inner, keys, at);
      } else if (keys.containsKey(at) && target.get(name) instanceof ArrayNode there) {
        merge(there, change.getValue(), keys.get(at));
      } else {
        target.set(name, change.getValue().deepCopy());
      }
    }
  }

  private static void merge(ArrayNode there, JsonNode changes, String key) {
    for (JsonNode change : changes) {
      int index = 0;
      while (index < there.size() && !there.get(index).path(key).equals(change.path(key))) {
        index++;
      }
      boolean isThere = index < there.size();
      if (change.path("$patch").asString("").equals("delete")) {
        if (isThere) {
          there.remove(index);
        }
      } else if (isThere) {
        merge((ObjectNode) there.get(index), (ObjectNode) change, Map.of(), "");
      } else {
        there.add(change.deepCopy());
      }
    }
  }

  private static void apply(ObjectNode root, JsonNode step) throws Refusal {
    String operation = step.path("op").asString("");
    String path = step.path("path").asString("");
    List<String> names = names(path);
    if (names.isEmpty()) {
      throw fault("the whole object cannot be patched");
    }
    String last = names.remove(names.size() - 1);
    JsonNode parent = root;
    for (String name : names) {
      parent = child(parent, name);
    }
    JsonNode there = child(parent, last);
    if (there.isMissingNode() && (!operation.equals("add") || parent.isMissingNode())) {
      throw fault(operation + " operation does not apply: doc is missing path: " + path);
    }
    switch (operation) {
      case "test" -> {
        if (!there.equals(step.path("value"))) {
          throw fault("testing path " + path + " failed");
        }
      }
      case "add", "replace" -> put(parent, last, step.path("value"), operation.equals("add"));
      case "remove" -> remove(parent, last);
      default -> throw fault("unknown operation " + operation);
    }
  }

  private static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.isEmpty() ? new String[0] : path.substring(1).split("/", -1)) {
      names.add(name.replace("~1", "/").replace("~0", "~"));
    }
    return names;
  }

  private static JsonNode child(JsonNode parent, String name) {
    return parent.isArray() && name.matches("[0-9]{1,9}")
        ? parent.path(Integer.parseInt(name))
        : parent.path(name);
  }

  private static void put(JsonNode parent, String name, JsonNode value, boolean isNew)
      throws Refusal {
    if (parent instanceof ObjectNode object) {
      object.set(name, value.deepCopy());
    } else if (parent instanceof ArrayNode array && name.equals("-")) {
      array.add(value.deepCopy());
    } else if (parent instanceof ArrayNode array && name.matches("[0-9]{1,9}")) {
      int index = Integer.parseInt(name);
      if (index > array.size()) {
        throw fault("index " + index + " is beyond the end of the array");
      }
      if (isNew) {
        array.insert(index, value.deepCopy());
      } else {
        array.set(index, value.deepCopy());
      }
    } else {
      throw fault("nothing can be put at " + name);
    }
  }

  private static void remove(JsonNode parent, String name) {
    if (parent instanceof ObjectNode object) {
      object.remove(name);
    } else if (parent instanceof ArrayNode array) {
      array.remove(Integer.parseInt(name));
    }
  }

  private static Refusal fault(String what) {
    return new Refusal(
        422, "Invalid", "the server rejected our request due to an error in our request: " + what);
  }
}
