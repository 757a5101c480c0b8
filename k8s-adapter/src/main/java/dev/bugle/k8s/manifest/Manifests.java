package dev.bugle.k8s.manifest;

import dev.bugle.k8s.lease.LeaseConfig;
import dev.bugle.k8s.manifest.Permission.Use;
import dev.bugle.k8s.service.ServicesConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The objects of an installation. */
final class Manifests {

  private static final String RBAC = "rbac.authorization.k8s.io";

  private final Installation installation;

  Manifests(Installation installation) {
    this.installation = installation;
  }

  /** The configuration, for all pods of a DaemonSet. */
  YamlMap configMap(String config) {
    return object("v1", "ConfigMap")
        .put("metadata", installation.metadata())
        .put("data", new YamlMap().block("bugle.yaml", config));
  }

  /**
   * A pod on each node that is meant.
   *
   * @param config the text of its configuration, which another text makes new pods for; empty where
   *     the name of the ConfigMap says that
   */
  YamlMap daemonSet(PodSpec pod, Optional<String> config) {
    YamlMap metadata = new YamlMap().put("labels", installation.labels());
    config.ifPresent(
        text ->
            metadata
                .comment("Another configuration makes new pods.")
                .put("annotations", new YamlMap().put("bugle.dev/config", digest(text))));
    return object("apps/v1", "DaemonSet")
        .put("metadata", installation.metadata())
        .put(
            "spec",
            new YamlMap()
                .put("selector", new YamlMap().put("matchLabels", installation.selector()))
                .comment("One node at a time.")
                .put(
                    "updateStrategy",
                    new YamlMap()
                        .put("type", "RollingUpdate")
                        .put("rollingUpdate", new YamlMap().put("maxUnavailable", 1)))
                .put(
                    "template", new YamlMap().put("metadata", metadata).put("spec", pod.toYaml())));
  }

  /** A pod that the kubelet runs by itself. */
  YamlMap staticPod(PodSpec pod) {
    return object("v1", "Pod").put("metadata", installation.metadata()).put("spec", pod.toYaml());
  }

  /**
   * Who it is, and what it may do.
   *
   * @param user whom the kubeconfig of static pods names; empty: the pods' ServiceAccount
   * @param needs the Leases that it competes for, and whose Services it announces
   */
  List<YamlMap> rbac(Optional<String> user, PodNeeds needs) {
    List<YamlMap> objects = new ArrayList<>();
    if (user.isEmpty()) {
      objects.add(object("v1", "ServiceAccount").put("metadata", installation.metadata()));
    }
    YamlMap subject = user.map(Manifests::user).orElseGet(this::serviceAccount);
    SortedMap<String, List<String>> names = new TreeMap<>();
    for (LeaseConfig lease : needs.leases()) {
      String namespace = lease.lease().namespace().orElse(installation.namespace());
      names.computeIfAbsent(namespace, any -> new ArrayList<>()).add(lease.lease().name());
    }
    names.forEach(
        (namespace, own) ->
            objects.addAll(
                allowIn(namespace, "-lease", Permission.rules(Use.LEASE, own), subject)));
    if (!needs.services().isEmpty()) {
      objects.addAll(services(needs.services(), subject));
    }
    return objects;
  }

  private List<YamlMap> services(List<ServicesConfig> services, YamlMap subject) {
    List<YamlMap> objects = new ArrayList<>();
    List<YamlMap> rules = new ArrayList<>(Permission.rules(Use.SERVICES, List.of()));
    if (services.stream().anyMatch(each -> each.leases().writer().isPresent())) {
      rules.addAll(Permission.rules(Use.WRITING, List.of()));
    }
    if (services.stream().anyMatch(each -> each.selection().heedsExclusion())) {
      rules.addAll(Permission.rules(Use.NODE, List.of()));
    }
    YamlMap metadata = installation.clusterMetadata();
    objects.add(role("ClusterRole", metadata, rules));
    objects.add(binding("ClusterRole", metadata, installation.name(), subject));
    services.stream()
        .map(each -> each.leases().namespace().orElse(installation.namespace()))
        .distinct()
        .sorted()
        .forEach(
            namespace ->
                objects.addAll(
                    allowIn(
                        namespace,
                        "-services",
                        Permission.rules(Use.ELECTIONS, List.of()),
                        subject)));
    return objects;
  }

  private List<YamlMap> allowIn(
      String namespace, String suffix, List<YamlMap> rules, YamlMap subject) {
    YamlMap metadata =
        new YamlMap()
            .put("name", installation.name() + suffix)
            .put("namespace", namespace)
            .put("labels", installation.labels());
    return List.of(
        role("Role", metadata, rules),
        binding("Role", metadata, installation.name() + suffix, subject));
  }

  private YamlMap serviceAccount() {
    return new YamlMap()
        .put("kind", "ServiceAccount")
        .put("name", installation.name())
        .put("namespace", installation.namespace());
  }

  private static YamlMap user(String name) {
    return new YamlMap().put("apiGroup", RBAC).put("kind", "User").put("name", name);
  }

  private static YamlMap role(String kind, YamlMap metadata, List<YamlMap> rules) {
    return object(RBAC + "/v1", kind).put("metadata", metadata).items("rules", rules);
  }

  private static YamlMap binding(String role, YamlMap metadata, String name, YamlMap subject) {
    return object(RBAC + "/v1", role + "Binding")
        .put("metadata", metadata)
        .put("roleRef", new YamlMap().put("apiGroup", RBAC).put("kind", role).put("name", name))
        .items("subjects", subject);
  }

  /** What kustomize builds of the files beside it. */
  YamlMap kustomization() {
    return object("kustomize.config.k8s.io/v1beta1", "Kustomization")
        .put("namespace", installation.namespace())
        .words("resources", "rbac.yaml", "daemonset.yaml")
        .comment("Its name gets a checksum, so that another configuration makes new pods.")
        .items(
            "configMapGenerator",
            new YamlMap().put("name", installation.name()).words("files", "bugle.yaml"));
  }

  private static YamlMap object(String version, String kind) {
    return new YamlMap().put("apiVersion", version).put("kind", kind);
  }

  private static String digest(String text) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + HexFormat.of().formatHex(all, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Several objects as one stream. */
  static String stream(List<YamlMap> objects) {
    return String.join("---\n", objects.stream().map(YamlMap::toString).toList());
  }
}
