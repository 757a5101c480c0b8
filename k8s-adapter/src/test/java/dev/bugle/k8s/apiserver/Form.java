package dev.bugle.k8s.apiserver;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is checked of an object beside its metadata, where a mistake of ours could hide. */
final class Form {

  private static final Pattern MICRO_TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}(Z|[+-]\\d\\d:\\d\\d)");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_ANNOTATIONS = 256 << 10;

  private Form() {}

  static void check(ResourceKind kind, String name, ObjectNode object) throws Refusal {
    checkName(kind, name);
    long annotations = 0;
    for (var annotation : object.path("metadata").path("annotations").properties()) {
      if (!annotation.getValue().isString()) {
        throw unreadable(kind, "annotations must be strings");
      }
      annotations += annotation.getKey().length() + annotation.getValue().asString("").length();
    }
    if (annotations > LONGEST_ANNOTATIONS) {
      throw Refusal.invalid(kind, name, "metadata.annotations", "Too long: 262144 bytes at most");
    }
    switch (kind) {
      case LEASE -> lease(name, object.path("spec"));
      case EVENT -> event(name, object);
      case CORE_EVENT -> coreEvent(name, object);
      case ENDPOINT_SLICE -> {
        if (!object.path("addressType").asString("").matches("IPv4|IPv6|FQDN")) {
          throw Refusal.invalid(kind, name, "addressType", "Required value");
        }
      }
      case SERVICE -> ingress(name, object.path("status").path("loadBalancer").path("ingress"));
      default -> {
        // Nothing that we write.
      }
    }
  }

  private static void checkName(ResourceKind kind, String name) throws Refusal {
    boolean isPathSegment = kind.group().startsWith("rbac.");
    if (!isPathSegment && (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME)) {
      throw Refusal.invalid(
          kind, name, "metadata.name", "Invalid value: a lowercase RFC 1123 name");
    }
  }

  private static void lease(String name, JsonNode spec) throws Refusal {
    microTime(ResourceKind.LEASE, spec, "acquireTime");
    microTime(ResourceKind.LEASE, spec, "renewTime");
    for (String number : new String[] {"leaseDurationSeconds", "leaseTransitions"}) {
      JsonNode value = spec.path(number);
      if (!value.isMissingNode() && !value.isNull() && !value.isInt()) {
        throw unreadable(ResourceKind.LEASE, number + " is no number of 32 bits");
      }
    }
    if (spec.path("leaseDurationSeconds").asInt(1) <= 0) {
      throw Refusal.invalid(
          ResourceKind.LEASE, name, "spec.leaseDurationSeconds", "must be greater than 0");
    }
    if (spec.path("leaseTransitions").asInt(0) < 0) {
      throw Refusal.invalid(
          ResourceKind.LEASE, name, "spec.leaseTransitions", "must be greater than or equal to 0");
    }
  }

  private static void event(String name, JsonNode event) throws Refusal {
    microTime(ResourceKind.EVENT, event, "eventTime");
    required(ResourceKind.EVENT, name, event, "eventTime");
    required(ResourceKind.EVENT, name, event, "reportingController");
    required(ResourceKind.EVENT, name, event, "reportingInstance");
    required(ResourceKind.EVENT, name, event, "action");
    required(ResourceKind.EVENT, name, event, "reason");
    regarding(ResourceKind.EVENT, name, event, "regarding");
    if (event.path("note").asString("").length() > 1024) {
      throw Refusal.invalid(ResourceKind.EVENT, name, "note", "can have at most 1024 characters");
    }
  }

  private static void coreEvent(String name, JsonNode event) throws Refusal {
    microTime(ResourceKind.CORE_EVENT, event, "eventTime");
    regarding(ResourceKind.CORE_EVENT, name, event, "involvedObject");
  }

  private static void regarding(ResourceKind kind, String name, JsonNode event, String field)
      throws Refusal {
    String namespace = Selection.text(event, field, "namespace");
    if (!namespace.equals(Selection.text(event, "metadata", "namespace"))) {
      throw Refusal.invalid(
          kind, name, field + ".namespace", "does not match event.namespace: " + namespace);
    }
    if (!event.path("type").asString("").matches("Normal|Warning")) {
      throw Refusal.invalid(kind, name, "type", "Invalid value: Normal or Warning");
    }
  }

  private static void ingress(String name, JsonNode ingress) throws Refusal {
    for (JsonNode one : ingress) {
      if (one.has("ip") && !one.path("ip").asString("").matches("[0-9.]{7,15}|[0-9a-f:.]{2,45}")) {
        throw Refusal.invalid(
            ResourceKind.SERVICE, name, "status.loadBalancer.ingress[0].ip", "Invalid value");
      }
    }
  }

  private static void required(ResourceKind kind, String name, JsonNode object, String field)
      throws Refusal {
    if (object.path(field).asString("").isEmpty()) {
      throw Refusal.invalid(kind, name, field, "Required value");
    }
  }

  private static void microTime(ResourceKind kind, JsonNode in, String field) throws Refusal {
    JsonNode time = in.path(field);
    boolean isLeftOut = time.isMissingNode() || time.isNull();
    if (!isLeftOut && !MICRO_TIME.matcher(time.asString("")).matches()) {
      throw unreadable(kind, field + " is no time with microseconds: " + time);
    }
  }

  private static Refusal unreadable(ResourceKind kind, String what) {
    return Refusal.badRequest(
        "%s in version \"%s\" cannot be handled as a %s: %s"
            .formatted(kind.singular(), kind.apiVersion(), kind.singular(), what));
  }
}
