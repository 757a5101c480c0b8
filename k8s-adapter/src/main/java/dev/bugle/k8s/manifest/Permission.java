package dev.bugle.k8s.manifest;

import java.util.ArrayList;
import java.util.List;

/**
 * A row of what the API server must allow. The whole of it is {@link #TABLE}; what is not there the
 * program does not ask for.
 *
 * @param use what it is for
 * @param isNamed whether it is limited to the objects of those names; {@code create} cannot be
 */
record Permission(
    Use use, String group, List<String> resources, List<String> verbs, boolean isNamed) {

  /** What the program does in the cluster. */
  enum Use {
    /** Leadership by a Lease, in its namespace. */
    LEASE,
    /** Services of type LoadBalancer, in all namespaces. */
    SERVICES,
    /** What is written to Services, and said of them. */
    WRITING,
    /** The labels of the node that it runs on. */
    NODE,
    /** Elections for Services, whose Leases have the names of Services and groups. */
    ELECTIONS
  }

  static final List<Permission> TABLE =
      List.of(
          row(Use.LEASE, "coordination.k8s.io", "leases", "create"),
          named(Use.LEASE, "coordination.k8s.io", "leases", "get", "update"),
          row(Use.SERVICES, "", "services", "list", "watch"),
          row(Use.SERVICES, "discovery.k8s.io", "endpointslices", "list", "watch"),
          row(Use.NODE, "", "nodes", "list", "watch"),
          row(Use.WRITING, "", "services/status", "patch"),
          row(Use.WRITING, "events.k8s.io", "events", "create"),
          row(Use.ELECTIONS, "coordination.k8s.io", "leases", "get", "create", "update"));

  private static Permission row(Use use, String group, String resource, String... verbs) {
    return new Permission(use, group, List.of(resource), List.of(verbs), false);
  }

  private static Permission named(Use use, String group, String resource, String... verbs) {
    return new Permission(use, group, List.of(resource), List.of(verbs), true);
  }

  /**
   * The rules of a role for that use.
   *
   * @param names the objects that it is for, where that can be said
   */
  static List<YamlMap> rules(Use use, List<String> names) {
    List<YamlMap> rules = new ArrayList<>();
    for (Permission row : TABLE) {
      if (row.use() == use) {
        YamlMap rule =
            new YamlMap().words("apiGroups", row.group()).words("resources", row.resources());
        if (row.isNamed()) {
          rule.words("resourceNames", names);
        }
        rules.add(rule.words("verbs", row.verbs()));
      }
    }
    return rules;
  }
}
