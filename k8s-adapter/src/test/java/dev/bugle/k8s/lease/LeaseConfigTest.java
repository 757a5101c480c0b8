package dev.bugle.k8s.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.ConfigFile;
import dev.bugle.advertiser.config.InvalidConfigException;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.ElectorKinds;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code type: kubernetes-lease} becomes, and that docs/kubernetes.md shows it. */
class LeaseConfigTest {

  private static LeaseConfig parse(String keys) throws InvalidConfigException {
    AdvertiserConfig config =
        ConfigFile.parse(
            "b.yaml",
            """
            speaker: {local-as: 65001, router-id: 192.0.2.1}
            peers: [{address: 192.0.2.254, remote-as: 65000}]
            vips: [{prefix: 203.0.113.10/32, leadership: a}]
            leadership: {a: {type: kubernetes-lease, %s}}
            """
                .formatted(keys));
    return (LeaseConfig) config.electors().get("a");
  }

  @Test
  void theExampleOfThePageIsWhatItSays() throws Exception {
    String page = Files.readString(Path.of("../docs/kubernetes.md"));
    int start = page.indexOf("```yaml\n", page.indexOf("## Leadership by a Lease")) + 8;
    String example = page.substring(start, page.indexOf("```", start));

    assertThat(ConfigFile.parse("b.yaml", example).electors())
        .containsOnlyKeys("control-plane")
        .containsValue(
            new LeaseConfig(
                new LeaseName(Optional.of("kube-system"), "bugle-control-plane"),
                Optional.empty(),
                LeaseTerms.DEFAULTS,
                Optional.empty(),
                Handover.WITHDRAW_FIRST));
  }

  @Test
  void everyKeyOfThePageIsAKeyAndEveryKeyIsOnIt() throws Exception {
    String page = Files.readString(Path.of("../docs/kubernetes.md"));
    new LeaseProvider()
        .section().keys().stream()
            .filter(key -> !key.name().equals("type"))
            .forEach(key -> assertThat(page).contains("`" + key.name() + "`"));
  }

  @Test
  void onlyTheNameMustBeThere() throws Exception {
    LeaseConfig config = parse("name: vip");

    assertThat(config.lease()).isEqualTo(new LeaseName(Optional.empty(), "vip"));
    assertThat(config.terms()).isEqualTo(LeaseTerms.DEFAULTS);
    assertThat(config.prize()).contains("the Lease vip");
    assertThatThrownBy(() -> parse("namespace: a")).hasMessageContaining("name");
  }

  @Test
  void whatIsWrittenIsTaken() throws Exception {
    LeaseConfig config =
        parse(
            "name: a.b, namespace: n, identity: me/1, lease-duration: 6s, renew-deadline: 4s,"
                + " retry-period: 500ms, kubeconfig: /k, order: overlap, overlap: 3s");

    assertThat(config)
        .isEqualTo(
            new LeaseConfig(
                new LeaseName(Optional.of("n"), "a.b"),
                Optional.of("me/1"),
                new LeaseTerms(
                    Duration.ofSeconds(6), Duration.ofSeconds(4), Duration.ofMillis(500)),
                Optional.of(Path.of("/k")),
                Handover.overlapping(Duration.ofSeconds(3))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: vip, lease-duration: 10s | renew-deadline is not shorter than lease-duration",
        "name: vip, lease-duration: 10500ms | whole number of seconds",
        "name: vip, retry-period: 6s | shorter than two retry-periods",
        "name: Vip | a name of Kubernetes",
        "name: vip, namespace: a/b | a namespace",
        "name: ../../secrets | a name of Kubernetes",
        "name: vip, preferred: true | unknown key",
      })
  void whatCannotBeIsRefused(String keys, String message) {
    assertThatThrownBy(() -> parse(keys)).hasMessageContaining(message);
  }

  @Test
  void anElectorIsMadeWithoutTouchingAnything() throws Exception {
    try (Elector elector =
        ElectorKinds.found()
            .create("a", parse("name: vip, kubeconfig: /nowhere"), Ticker.system())) {
      assertThat(elector.leadership().reason()).isEqualTo("not started");
    }
  }

  @Test
  void aNameThatIsMadeUpShowsTheNodeAndIsNobodyElses() {
    assertThat(CandidateName.of(Map.of("NODE_NAME", "n1", "HOSTNAME", "pod"))).startsWith("n1_");
    assertThat(CandidateName.of(Map.of("HOSTNAME", "pod"))).startsWith("pod_");
    assertThat(CandidateName.of(Map.of("NODE_NAME", " "))).doesNotStartWith("_");
    assertThat(CandidateName.of(Map.of())).isNotEqualTo(CandidateName.of(Map.of()));
  }
}
