package dev.bugle.k8s.apiserver;

import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of objects that the server keeps. */
public enum ResourceKind {
  NAMESPACE("", "namespaces", "Namespace", false),
  NODE("", "nodes", "Node", false),
  SERVICE("", "services", "Service", true),
  SERVICE_ACCOUNT("", "serviceaccounts", "ServiceAccount", true),
  CORE_EVENT("", "events", "Event", true),
  EVENT("events.k8s.io", "events", "Event", true),
  ENDPOINT_SLICE("discovery.k8s.io", "endpointslices", "EndpointSlice", true),
  LEASE("coordination.k8s.io", "leases", "Lease", true),
  ROLE("rbac.authorization.k8s.io", "roles", "Role", true),
  ROLE_BINDING("rbac.authorization.k8s.io", "rolebindings", "RoleBinding", true),
  CLUSTER_ROLE("rbac.authorization.k8s.io", "clusterroles", "ClusterRole", false),
  CLUSTER_ROLE_BINDING(
      "rbac.authorization.k8s.io", "clusterrolebindings", "ClusterRoleBinding", false);

  private static final String VERSION = "v1";

  private final String group;
  private final String plural;
  private final String singular;
  private final boolean namespaced;

  ResourceKind(String group, String plural, String singular, boolean namespaced) {
    this.group = group;
    this.plural = plural;
    this.singular = singular;
    this.namespaced = namespaced;
  }

  /** The group of the API; empty text for the core. */
  public String group() {
    return group;
  }

  /** As in paths and roles. */
  public String plural() {
    return plural;
  }

  /** As in the objects' {@code kind}. */
  public String singular() {
    return singular;
  }

  /** As in the objects' {@code apiVersion}. */
  public String apiVersion() {
    return group.isEmpty() ? VERSION : group + "/" + VERSION;
  }

  /** As it is called in messages: {@code leases.coordination.k8s.io}. */
  String qualified() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  boolean isNamespaced() {
    return namespaced;
  }

  /** Whether the status is written by itself. */
  boolean hasStatus() {
    return this == SERVICE || this == NODE || this == NAMESPACE;
  }

  /** Whether an update may leave out which version it replaces. */
  boolean allowsUnconditionalUpdate() {
    return this != LEASE;
  }

  /** The path of the objects of a namespace, or of all objects where there are no namespaces. */
  public String path(String namespace) {
    return root() + (namespaced ? "/namespaces/" + namespace : "") + "/" + plural;
  }

  /** The path of one object. */
  public String path(String namespace, String name) {
    return path(namespace) + "/" + name;
  }

  /** The path of the objects of all namespaces. */
  public String pathOfAll() {
    return root() + "/" + plural;
  }

  private String root() {
    return (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + VERSION;
  }

  static Optional<ResourceKind> find(String group, String version, String plural) {
    return Stream.of(values())
        .filter(kind -> kind.group.equals(group))
        .filter(kind -> VERSION.equals(version) && kind.plural.equals(plural))
        .findFirst();
  }

  /** That of an object with these two fields. */
  static Optional<ResourceKind> of(String apiVersion, String singular) {
    return Stream.of(values())
        .filter(kind -> kind.apiVersion().equals(apiVersion))
        .filter(kind -> kind.singular.equals(singular))
        .findFirst();
  }
}
