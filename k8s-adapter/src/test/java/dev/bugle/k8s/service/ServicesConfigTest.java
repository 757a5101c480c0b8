package dev.bugle.k8s.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.ConfigFile;
import dev.bugle.advertiser.config.InvalidConfigException;
import dev.bugle.advertiser.config.VipText;
import dev.bugle.advertiser.source.SourceKinds;
import dev.bugle.advertiser.source.VipSource;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.k8s.lease.LeaseTerms;
import dev.bugle.k8s.service.ServicesConfig.Checks;
import dev.bugle.k8s.service.ServicesConfig.Contact;
import dev.bugle.k8s.service.ServicesConfig.Defaults;
import dev.bugle.k8s.service.ServicesConfig.Leases;
import dev.bugle.k8s.service.ServicesConfig.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code type: kubernetes-services} becomes, and that docs/kubernetes.md shows it. */
class ServicesConfigTest {

  private static final Path PAGE = Path.of("../docs/kubernetes.md");

  private static ServicesConfig parse(String keys) throws InvalidConfigException {
    AdvertiserConfig config =
        ConfigFile.parse(
            "b.yaml",
            """
            speaker: {local-as: 65001, router-id: 192.0.2.1}
            peers: [{address: 192.0.2.254, remote-as: 65000}]
            sources: {a: {type: kubernetes-services%s}}
            """
                .formatted(keys));
    return (ServicesConfig) config.sources().get("a");
  }

  private static String section() throws Exception {
    String page = Files.readString(PAGE);
    return page.substring(page.indexOf("## Services of type LoadBalancer"));
  }

  private static String example(String text) {
    int start = text.indexOf("```yaml\n") + 8;
    return text.substring(start, text.indexOf("```", start));
  }

  @Test
  void theExampleOfThePageIsWhatItSays() throws Exception {
    ServicesConfig config =
        (ServicesConfig) ConfigFile.parse("b.yaml", example(section())).sources().get("cluster");

    assertThat(config)
        .isEqualTo(
            new ServicesConfig(
                Optional.empty(),
                Optional.empty(),
                new Selection(
                    "bugle.dev/vip",
                    false,
                    Optional.empty(),
                    List.of(Prefix.parse("203.0.113.0/24"), Prefix.parse("2001:db8:1::/64")),
                    false),
                new Defaults("none", Duration.ofSeconds(1), false),
                Checks.DEFAULTS,
                new Leases(
                    Optional.of("kube-system"), Optional.of("bugle-services"), LeaseTerms.DEFAULTS),
                new Contact(Duration.ofSeconds(60), Optional.empty())));
  }

  @Test
  void theServiceOfThePageIsAnnouncedAsItSays() throws Exception {
    String text = section();
    String service = example(text.substring(text.indexOf("### The Service")));
    ServiceJson json = ServiceJson.of("web").local();
    Pattern.compile("bugle\\.dev/([a-z-]+): (.+)")
        .matcher(service)
        .results()
        .forEach(annotation -> json.annotation(annotation.group(1), annotation.group(2)));

    assertThat(service).contains("loadBalancerClass: bugle.dev/vip");
    Outcome outcome =
        new Translation(parse("")).of(Readers.service(json).orElseThrow(), Endpoints.NONE);
    assertThat(outcome.offers()).hasSize(2);
    assertThat(outcome.elections()).containsOnlyKeys("service/default/web");
  }

  @Test
  void everyKeyAndAnnotationIsOnThePageAndNoOther() throws Exception {
    String text = section();
    List<String> shown =
        Pattern.compile("^\\| (`[^|]+) \\|", Pattern.MULTILINE)
            .matcher(text)
            .results()
            .flatMap(row -> Pattern.compile("`([^`]+)`").matcher(row.group(1)).results())
            .map(name -> name.group(1))
            .filter(name -> !List.of("externalTrafficPolicy", "Cluster", "Local").contains(name))
            .toList();
    List<String> keys =
        new ServicesProvider()
            .section().keys().stream()
                .map(key -> key.name())
                .filter(name -> !name.equals("type"))
                .toList();
    List<String> annotations =
        Arrays.stream(Annotation.values()).map(Annotation::toString).toList();

    assertThat(shown.stream().filter(name -> !name.startsWith("bugle.dev/")))
        .containsExactlyElementsOf(keys);
    assertThat(shown.stream().filter(name -> name.startsWith("bugle.dev/")))
        .containsExactlyElementsOf(annotations);
  }

  @Test
  void annotationsAreCalledAsTheKeysOfAVip() {
    assertThat(VipText.keys()).containsAll(List.of("communities", "local-pref", "med", "prepend"));
    assertThat(Arrays.stream(Annotation.values()).filter(Annotation::isOfVip))
        .containsExactly(
            Annotation.COMMUNITIES,
            Annotation.LOCAL_PREF,
            Annotation.MED,
            Annotation.PREPEND,
            Annotation.PEERS,
            Annotation.HEALTH,
            Annotation.DEGRADED_REPLACE_COMMUNITIES,
            Annotation.DEGRADED_REMOVE_COMMUNITIES,
            Annotation.DEGRADED_ADD_COMMUNITIES,
            Annotation.DEGRADED_LOCAL_PREF,
            Annotation.DEGRADED_MED,
            Annotation.DEGRADED_PREPEND,
            Annotation.DEGRADED_WITHDRAW_AFTER,
            Annotation.DRAIN_TIME);
  }

  @Test
  void whatIsWrittenIsTaken() throws Exception {
    ServicesConfig config =
        parse(
            ", kubeconfig: /k, node: n7, load-balancer-class: example.com/edge, without-class:"
                + " true, selector: 'a=b', allowed-addresses: 203.0.113.0/24,"
                + " heed-node-exclusion: true, leadership:"
                + " group/edge, drain-time: 0s, without-endpoints: true, checks: false,"
                + " shortest-check-interval: 1s, check-ca-file: /ca, node-address: 192.0.2.7,"
                + " lease-namespace: n, writer-lease: off, lease-duration: 6s, renew-deadline: 4s,"
                + " retry-period: 1s, watch-time: 30s, when-api-is-gone: 5m");

    assertThat(config)
        .isEqualTo(
            new ServicesConfig(
                Optional.of(Path.of("/k")),
                Optional.of("n7"),
                new Selection(
                    "example.com/edge",
                    true,
                    Optional.of("a=b"),
                    List.of(Prefix.parse("203.0.113.0/24")),
                    true),
                new Defaults("group/edge", Duration.ZERO, true),
                new Checks(
                    false,
                    Duration.ofSeconds(1),
                    Optional.of(Path.of("/ca")),
                    Optional.of(IpAddress.parse("192.0.2.7"))),
                new Leases(
                    Optional.of("n"),
                    Optional.empty(),
                    new LeaseTerms(
                        Duration.ofSeconds(6), Duration.ofSeconds(4), Duration.ofSeconds(1))),
                new Contact(Duration.ofSeconds(30), Optional.of(Duration.ofMinutes(5)))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ", load-balancer-class: '-' | a class such as bugle.dev/vip",
        ", allowed-addresses: 203.0.113.1/24 | host bits",
        ", leadership: group/ | the name of a group",
        ", when-api-is-gone: 1m | at least twice the watch-time of 1m",
        ", when-api-is-gone: never | or keep",
        ", when-api-is-gone: 25h | at most 24h",
        ", watch-time: 100ms | a duration, 1s to 30m",
        ", clas: x | unknown key",
      })
  void whatCannotBeIsRefused(String keys, String message) {
    assertThatThrownBy(() -> parse(keys)).hasMessageContaining(message);
  }

  @Test
  void aSourceIsMadeWithoutTouchingAnything() throws Exception {
    try (VipSource source =
        SourceKinds.found().create("a", parse(", kubeconfig: /nowhere"), Ticker.system())) {
      assertThat(source).isInstanceOf(KubernetesServices.class);
    }
  }

  @Test
  void theRoleOfThePageAllowsWhatIsAsked() throws Exception {
    String role = section();
    assertThat(role)
        .contains("resources: [services]\n    verbs: [list, watch]")
        .contains("resources: [endpointslices]\n    verbs: [list, watch]")
        .contains("resources: [services/status]\n    verbs: [patch]")
        .contains("resources: [events]\n    verbs: [create]");
  }
}
