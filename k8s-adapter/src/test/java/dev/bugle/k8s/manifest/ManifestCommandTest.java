package dev.bugle.k8s.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.cli.PluggedCommand;
import dev.bugle.advertiser.config.AdvertiserConfig;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What {@code bugle manifest} prints, read by the schema of the API. */
class ManifestCommandTest {

  private static final String ONE = "--local-as 65001 --peer 192.0.2.254,65000 --vip 203.0.113.10";

  @TempDir private Path dir;

  private DaemonSet daemonSet(String options) {
    return (DaemonSet) Schema.read(Printed.of("daemonset " + options).out()).get(1);
  }

  private static Container container(DaemonSet set) {
    return set.getSpec().getTemplate().getSpec().getContainers().get(0);
  }

  @Test
  void theDaemonSetAndItsConfigurationAreWhatTheSchemaAndTheProgramWant() throws Exception {
    List<HasMetadata> objects = Schema.read(Printed.of("daemonset " + ONE).out());

    ConfigMap map = (ConfigMap) objects.get(0);
    AdvertiserConfig config = ChosenConfig.parse("c", map.getData().get("bugle.yaml")).config();
    assertThat(config.vips()).hasToString("[203.0.113.10/32]");
    DaemonSet set = (DaemonSet) objects.get(1);
    assertThat(set.getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(set.getSpec().getSelector().getMatchLabels());
    assertThat(set.getSpec().getTemplate().getSpec().getHostNetwork()).isTrue();
    assertThat(objects).allMatch(o -> o.getMetadata().getNamespace().equals("kube-system"));
  }

  @Test
  void whoNeedsNoCapabilityHasNone() {
    Container container = container(daemonSet(ONE));
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
    assertThat(container.getCommand()).isEmpty();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'vips: [{prefix: 203.0.113.1/32, leadership: always, bind: lo}]', NET_ADMIN",
    "'peers: [{interface: eth0, remote-as: external}]', NET_RAW",
    "'peers: [{address: 192.0.2.254, remote-as: 65000, interface: eth0}]', NET_RAW",
    "'peers: [{address: 192.0.2.254, remote-as: 65000, bfd: {}}]', SYS_NICE",
    "'speaker: {local-as: 65001, listen: \"0.0.0.0:179\"}', NET_BIND_SERVICE",
    "'speaker: {local-as: 65001, listen: \"0.0.0.0:1790\"}', ''",
  })
  void aCapabilityIsThereForWhatTakesIt(String section, String capability) throws Exception {
    String text = "";
    for (String part :
        List.of(
            "speaker: {local-as: 65001}",
            "peers: [{address: 192.0.2.254, remote-as: 65000}]",
            "vips: [{prefix: 203.0.113.1/32, leadership: always}]")) {
      String key = part.substring(0, part.indexOf(':') + 1);
      text += (section.startsWith(key) ? section : part) + "\n";
    }
    Container container =
        container(daemonSet("--config " + Files.writeString(dir.resolve("c.yaml"), text)));

    List<String> expected = capability.isEmpty() ? List.of() : List.of(capability);
    assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEqualTo(expected);
    assertThat(String.join(" ", container.getCommand()))
        .isEqualTo(
            capability.isEmpty()
                ? ""
                : "/opt/bugle/bin/with-capabilities --inh-caps=+%1$s --ambient-caps=+%1$s"
                        .formatted(capability.toLowerCase(Locale.ROOT))
                    + " /opt/bugle/bin/bugle");
  }

  @Test
  void everyMountHasItsVolumeAndTheFilesOfChecksAreMounted() {
    DaemonSet set = daemonSet(ONE + " --control-plane --bind lo --secret keys=/run/secrets/bgp");
    List<String> volumes =
        set.getSpec().getTemplate().getSpec().getVolumes().stream().map(Volume::getName).toList();
    List<VolumeMount> mounts = container(set).getVolumeMounts();

    assertThat(mounts.stream().map(VolumeMount::getName)).containsExactlyElementsOf(volumes);
    assertThat(mounts.stream().map(VolumeMount::getMountPath))
        .contains("/etc/kubernetes/pki/ca.crt", "/run/bugle", "/run/secrets/bgp", "/etc/bugle");
    assertThat(set.getSpec().getTemplate().getSpec().getNodeSelector())
        .containsKey("node-role.kubernetes.io/control-plane");
  }

  @Test
  void thePodHasMoreTimeThanTheLongestDrainTakes() throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("c.yaml"),
            """
            speaker: {local-as: 65001}
            peers: [{address: 192.0.2.254, remote-as: 65000}]
            vips: [{prefix: 203.0.113.1/32, leadership: always, drain-time: 5m}]
            admin: {listen: ["unix:/run/bugle/a.sock"]}
            """);
    DaemonSet set = daemonSet("--config " + file);
    assertThat(set.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
        .isEqualTo(310);
    assertThat(container(set).getLivenessProbe()).as("nowhere to ask").isNull();
    assertThat(daemonSet(ONE).getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
        .isEqualTo(30);
  }

  @Test
  void theRouterIdIsTheNodesUnlessTheConfigurationSaysIt() {
    assertThat(container(daemonSet(ONE)).getEnv())
        .anyMatch(e -> e.getName().equals("BUGLE_SPEAKER__ROUTER_ID"));
    assertThat(Printed.of("daemonset --router-id 192.0.2.1 " + ONE).err())
        .contains("speaker.router-id would be that of every node");
    Pod pod = (Pod) Schema.read(Printed.of("static-pod --router-id 192.0.2.1 " + ONE).out()).get(0);
    assertThat(pod.getSpec().getContainers().get(0).getEnv())
        .noneMatch(e -> e.getName().equals("BUGLE_SPEAKER__ROUTER_ID"));
  }

  @Test
  void aStaticPodRefersToNoObjectAndNeedsAKubeconfigForALease() {
    String leased = "static-pod --lease vip " + ONE;
    assertThat(Printed.of(leased).err()).contains("--kubeconfig /etc/bugle/kubeconfig");

    Pod pod =
        (Pod) Schema.read(Printed.of(leased + " --kubeconfig /etc/bugle/kubeconfig").out()).get(0);
    assertThat(pod.getSpec().getServiceAccountName()).isNull();
    assertThat(pod.getSpec().getVolumes())
        .allMatch(v -> v.getConfigMap() == null && v.getSecret() == null);
  }

  @Test
  void rbacAllowsOneLeaseByNameAndNothingWhereNoneIsNeeded() {
    List<HasMetadata> objects = Schema.read(Printed.of("rbac --lease vip " + ONE).out());
    assertThat(objects).hasSize(3).first().isInstanceOf(ServiceAccount.class);
    Role role = (Role) objects.get(1);
    assertThat(role.getRules()).hasSize(2);
    assertThat(role.getRules().get(0).getVerbs()).containsExactly("create");
    assertThat(role.getRules().get(1).getResourceNames()).containsExactly("vip");
    assertThat(role.getRules().get(1).getVerbs()).containsExactly("get", "update");
    RoleBinding binding = (RoleBinding) objects.get(2);
    assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
    assertThat(binding.getSubjects().get(0).getName()).isEqualTo("bugle");

    assertThat(Schema.read(Printed.of("rbac " + ONE).out())).hasSize(1);
    assertThat(Printed.of("rbac --user bugle --lease vip " + ONE).out())
        .contains("kind: User")
        .doesNotContain("ServiceAccount", "ClusterRole", "delete", "\"*\"");
  }

  @Test
  void rbacAllowsWhatServicesTakeWhereThereIsASourceOfThem() throws IOException {
    String config =
        """
        speaker: {local-as: 65001}
        peers: [{address: 192.0.2.254, remote-as: 65000}]
        sources: {cluster: {type: kubernetes-services, lease-namespace: net%s}}
        """;
    Path writing = Files.writeString(dir.resolve("w.yaml"), config.formatted(""));
    Path silent = Files.writeString(dir.resolve("s.yaml"), config.formatted(", writer-lease: off"));

    List<HasMetadata> objects = Schema.read(Printed.of("rbac --config " + writing).out());
    assertThat(objects).hasSize(5);
    ClusterRole cluster = (ClusterRole) objects.get(1);
    assertThat(cluster.getRules())
        .extracting(rule -> rule.getResources().get(0) + " " + String.join(" ", rule.getVerbs()))
        .containsExactly(
            "services list watch",
            "endpointslices list watch",
            "services/status patch",
            "events create");
    assertThat(objects.get(3).getMetadata().getNamespace()).isEqualTo("net");
    assertThat(((Role) objects.get(3)).getRules().get(0).getVerbs())
        .containsExactly("get", "create", "update");
    assertThat(Printed.of("rbac --config " + silent).out())
        .contains("endpointslices")
        .doesNotContain("status", "events", "nodes");
    Path heeding =
        Files.writeString(dir.resolve("h.yaml"), config.formatted(", heed-node-exclusion: true"));
    assertThat(Printed.of("rbac --config " + heeding).out())
        .contains("resources: [nodes]\n    verbs: [list, watch]");
    assertThat(Printed.of("daemonset --config " + writing).out()).contains("NODE_IP");
    assertThat(Printed.of("static-pod --config " + writing).err()).contains("name a kubeconfig");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "daemonset",
        "daemonset --vip 203.0.113.10",
        "daemonset --config none.yaml",
        "daemonset --peer x --local-as 1 --vip 203.0.113.10",
        "daemonset --config c.yaml " + ONE,
        "daemonset --image a\u001bb " + ONE,
        "daemonset --namespace A " + ONE,
        "daemonset --vip 203.0.113.300 --local-as 1 --peer 192.0.2.254,65000",
        "rbac --peer 192.0.2.254,65000",
        "deamonset",
        ""
      })
  void wrongUsageIsAnsweredWithCode2AndNothingIsPrinted(String line) {
    Printed printed = Printed.of(line);
    assertThat(printed.code()).isEqualTo(2);
    assertThat(printed.out()).isEmpty();
    assertThat(printed.err()).isNotEmpty().doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "No",
        "~",
        "",
        " ",
        "a: b",
        "a #b",
        "-",
        "- a",
        "*a",
        "&a",
        "!a",
        "'",
        "\"",
        "\\",
        "1.5",
        "0x1f",
        "1:20",
        "2001:db8::1/128",
        "{a}",
        "[a]",
        "a,b",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "192.0.2.1",
        "192.0.2.0/24",
        "--inh-caps=+net_admin",
        "=",
        "ä",
        "a ",
        "null"
      })
  void anyTextIsReadAsItself(String text) {
    String yaml = new YamlMap().put("key", text).words("list", "first", text).toString();

    Map<?, ?> read = new YAMLMapper().readValue(yaml, Map.class);

    assertThat(read.get("key")).as(yaml).isEqualTo(text);
    assertThat(read.get("list")).as(yaml).isEqualTo(List.of("first", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: 1\n", "  a: 1\n  b:\n    - c\n", "\n\n  a: 1\n", "# a: |\n\ta\n"})
  void aBlockOfTextIsReadAsItself(String text) {
    String yaml = new YamlMap().put("data", new YamlMap().block("f", text)).put("z", 1).toString();

    assertThat(((Map<?, ?>) new YAMLMapper().readValue(yaml, Map.class).get("data")).get("f"))
        .as(yaml)
        .isEqualTo(text);
  }

  @Test
  void whatATerminalWouldObeyIsRefused() {
    assertThatThrownBy(() -> YamlScalar.of("a\u001b[2J"))
        .hasMessage("a value has a control character; remove it");
  }

  @Test
  void theProgramHasTheCommand() {
    assertThat(ServiceLoader.load(PluggedCommand.class))
        .hasAtLeastOneElementOfType(ManifestCommand.class);
  }
}
