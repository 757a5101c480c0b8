package dev.bugle.k8s.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The pod: one container on the node's own network, as an ordinary user, with no more than its
 * configuration takes.
 *
 * @param placement on which nodes, which a static pod does not say
 */
record PodSpec(Installation installation, PodNeeds needs, Placement placement, Origin origin) {

  /** Who the image runs as, unless told otherwise. */
  static final long USER = 65532;

  /**
   * Where the configuration comes from.
   *
   * @param isNode a directory of the node: a static pod, which can refer to no object of the API;
   *     otherwise a ConfigMap
   * @param hasRouterId whether it says the router id; otherwise the node's address is that
   */
  record Origin(boolean isNode, boolean hasRouterId) {}

  private static final String GRANT = "/opt/bugle/bin/with-capabilities";
  private static final String PROGRAM = "/opt/bugle/bin/bugle";

  private boolean isStatic() {
    return origin.isNode();
  }

  YamlMap toYaml() {
    YamlMap spec = new YamlMap();
    spec.comment("The BGP sessions and the addresses are those of the node.")
        .put("hostNetwork", true);
    spec.comment("The node's resolver: this must not wait for a DNS that runs in the cluster.")
        .put("dnsPolicy", "Default");
    spec.put("enableServiceLinks", false);
    spec.put("priorityClassName", isStatic() ? "system-node-critical" : placement.priorityClass());
    spec.comment("More than the longest drain takes.")
        .put("terminationGracePeriodSeconds", needs.stopTime().toSeconds());
    if (isStatic()) {
      spec.comment("kubeadm's certificate of the API server has this name, and not 127.0.0.1.")
          .items(
              "hostAliases", new YamlMap().put("ip", "127.0.0.1").words("hostnames", "kubernetes"));
    } else {
      spec.put("serviceAccountName", installation.name());
      spec.put("automountServiceAccountToken", needs.usesServiceAccount());
      placement.putInto(spec);
    }
    spec.put(
        "securityContext",
        new YamlMap()
            .put("runAsNonRoot", true)
            .put("runAsUser", USER)
            .put("runAsGroup", USER)
            .put("fsGroup", USER)
            .put("seccompProfile", new YamlMap().put("type", "RuntimeDefault")));
    return spec.items("containers", container()).items("volumes", volumes());
  }

  private YamlMap container() {
    YamlMap container = new YamlMap().put("name", "bugle").put("image", installation.image());
    if (!needs.capabilities().isEmpty()) {
      String raised =
          needs.capabilities().stream().map(Capability::raised).collect(Collectors.joining(","));
      container
          .comment("An ordinary user has capabilities only by way of such a program.")
          .words("command", GRANT, "--inh-caps=" + raised, "--ambient-caps=" + raised, PROGRAM);
    }
    container.words("args", "run", PodNeeds.HOME.resolve("bugle.yaml").toString());
    container.items("env", environment());
    needs.probes().ifPresent(probes -> putProbes(container, probes));
    container
        .comment(
            "Measured in docs/performance.md; no limit of the processor, which would delay BFD.")
        .put(
            "resources",
            new YamlMap()
                .put("requests", new YamlMap().put("cpu", "50m").put("memory", "128Mi"))
                .put("limits", new YamlMap().put("memory", "384Mi")));
    return container.put("securityContext", security()).items("volumeMounts", mounts());
  }

  private List<YamlMap> environment() {
    List<YamlMap> variables = new ArrayList<>();
    variables.add(fromPod("NODE_NAME", "spec.nodeName"));
    if (needs.services().stream().anyMatch(each -> each.checks().allowed())) {
      variables.add(fromPod("NODE_IP", "status.hostIP"));
    }
    if (!origin.hasRouterId()) {
      variables.add(fromPod("BUGLE_SPEAKER__ROUTER_ID", "status.hostIP"));
    }
    return variables;
  }

  private static YamlMap fromPod(String name, String path) {
    return new YamlMap()
        .put("name", name)
        .put("valueFrom", new YamlMap().put("fieldRef", new YamlMap().put("fieldPath", path)));
  }

  private static void putProbes(YamlMap container, PodNeeds.Probes probes) {
    container
        .comment("Not before the sessions are up: an update goes on to the next node then.")
        .put("readinessProbe", probe(probes, "/readyz").put("periodSeconds", 2));
    container
        .comment("A decision hangs. What is wrong with the network restarts nothing.")
        .put(
            "livenessProbe",
            probe(probes, "/livez")
                .put("initialDelaySeconds", 10)
                .put("periodSeconds", 10)
                .put("timeoutSeconds", 5));
  }

  private static YamlMap probe(PodNeeds.Probes probes, String path) {
    YamlMap get =
        new YamlMap()
            .put("host", probes.at().address().toString())
            .put("port", probes.at().port())
            .put("path", path);
    if (probes.isTls()) {
      get.put("scheme", "HTTPS");
    }
    return new YamlMap().put("httpGet", get);
  }

  private YamlMap security() {
    YamlMap capabilities = new YamlMap().words("drop", "ALL");
    if (!needs.capabilities().isEmpty()) {
      capabilities
          .comment(
              needs.capabilities().stream()
                  .map(each -> each.name() + " " + each.purpose())
                  .collect(Collectors.joining("; ")))
          .words("add", needs.capabilities().stream().map(Enum::name).toList());
    }
    return new YamlMap()
        .put("readOnlyRootFilesystem", true)
        .put("allowPrivilegeEscalation", false)
        .put("capabilities", capabilities);
  }

  private List<YamlMap> mounts() {
    List<YamlMap> mounts = new ArrayList<>();
    mounts.add(readOnly("config", PodNeeds.HOME));
    mounts.add(new YamlMap().put("name", "tmp").put("mountPath", "/tmp"));
    needs
        .ledger()
        .ifPresent(
            directory ->
                mounts.add(
                    new YamlMap().put("name", "ledger").put("mountPath", directory.toString())));
    for (int i = 0; i < needs.files().size(); i++) {
      mounts.add(readOnly("file-" + i, needs.files().get(i)));
    }
    placement
        .secrets()
        .forEach((name, directory) -> mounts.add(readOnly("secret-" + name, directory)));
    return mounts;
  }

  private static YamlMap readOnly(String name, Path at) {
    return new YamlMap().put("name", name).put("mountPath", at.toString()).put("readOnly", true);
  }

  private List<YamlMap> volumes() {
    List<YamlMap> volumes = new ArrayList<>();
    YamlMap config = new YamlMap().put("name", "config");
    volumes.add(
        isStatic()
            ? config.put("hostPath", hostPath(PodNeeds.HOME, "Directory"))
            : config.put("configMap", new YamlMap().put("name", installation.name())));
    volumes.add(
        new YamlMap()
            .comment("Libraries of native code are unpacked there.")
            .put("name", "tmp")
            .put("emptyDir", new YamlMap().put("sizeLimit", "16Mi")));
    if (needs.ledger().isPresent()) {
      volumes.add(
          new YamlMap()
              .comment("Which addresses on interfaces are ours; outlives a crash of the container.")
              .put("name", "ledger")
              .put("emptyDir", new YamlMap()));
    }
    for (int i = 0; i < needs.files().size(); i++) {
      volumes.add(
          new YamlMap()
              .put("name", "file-" + i)
              .put("hostPath", hostPath(needs.files().get(i), "File")));
    }
    placement
        .secrets()
        .keySet()
        .forEach(
            name ->
                volumes.add(
                    new YamlMap()
                        .put("name", "secret-" + name)
                        .put("secret", new YamlMap().put("secretName", name))));
    return volumes;
  }

  private static YamlMap hostPath(Path path, String type) {
    return new YamlMap().put("path", path.toString()).put("type", type);
  }
}
