package dev.bugle.k8s.apiserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who may do what, as the roles and bindings say that are in the store. */
final class Authorizer {

  /** May do everything. */
  static final String ADMIN = "kubernetes-admin";

  private static final String ACCOUNT = "system:serviceaccount:";

  private final Store store;

  Authorizer(Store store) {
    this.store = store;
  }

  /** The user that is that account of a namespace. */
  static String account(String namespace, String name) {
    return ACCOUNT + namespace + ":" + name;
  }

  void check(String user, String verb, Target target, String name) throws Refusal {
    if (user.equals(ADMIN)) {
      return;
    }
    for (JsonNode rule : rules(user, target.namespace())) {
      if (allows(rule, verb, target, name)) {
        return;
      }
    }
    throw new Refusal(
        403,
        "Forbidden",
        "%s%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
            .formatted(
                target.kind().qualified(),
                name.isEmpty() ? "" : " \"" + name + "\"",
                user,
                verb,
                target.resource(),
                target.kind().group(),
                target.namespace().isEmpty()
                    ? "at the cluster scope"
                    : "in the namespace \"" + target.namespace() + "\""));
  }

  private List<JsonNode> rules(String user, String namespace) {
    List<JsonNode> rules = new ArrayList<>();
    for (ObjectNode binding : store.after(ResourceKind.CLUSTER_ROLE_BINDING, "").values()) {
      if (binds(binding, user)) {
        role(binding, "").ifPresent(role -> role.path("rules").forEach(rules::add));
      }
    }
    for (ObjectNode binding : store.after(ResourceKind.ROLE_BINDING, "").values()) {
      if (Selection.text(binding, "metadata", "namespace").equals(namespace)
          && binds(binding, user)) {
        role(binding, namespace).ifPresent(role -> role.path("rules").forEach(rules::add));
      }
    }
    return rules;
  }

  private static boolean binds(ObjectNode binding, String user) {
    for (JsonNode subject : binding.path("subjects")) {
      String name = subject.path("name").asString("");
      boolean is =
          switch (subject.path("kind").asString("")) {
            case "ServiceAccount" ->
                account(subject.path("namespace").asString(""), name).equals(user);
            case "User" -> name.equals(user);
            default -> false;
          };
      if (is) {
        return true;
      }
    }
    return false;
  }

  private Optional<ObjectNode> role(ObjectNode binding, String namespace) {
    String name = Selection.text(binding, "roleRef", "name");
    return Selection.text(binding, "roleRef", "kind").equals("Role")
        ? store.find(ResourceKind.ROLE, namespace, name)
        : store.find(ResourceKind.CLUSTER_ROLE, "", name);
  }

  private static boolean allows(JsonNode rule, String verb, Target target, String name) {
    return names(rule, "verbs", verb)
        && names(rule, "apiGroups", target.kind().group())
        && names(rule, "resources", target.resource())
        && (rule.path("resourceNames").isEmpty() || names(rule, "resourceNames", name));
  }

  private static boolean names(JsonNode rule, String list, String wanted) {
    for (JsonNode one : rule.path(list)) {
      String text = one.asString("");
      if (text.equals(wanted) || (text.equals("*") && !list.equals("resourceNames"))) {
        return true;
      }
    }
    return false;
  }
}
