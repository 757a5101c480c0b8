package dev.bugle.k8s.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.source.Standing.Effect;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.k8s.lease.LeaseConfig;
import dev.bugle.k8s.service.Outcome.Offer;
import dev.bugle.k8s.service.ServicesConfig.Checks;
import dev.bugle.k8s.service.ServicesConfig.Defaults;
import dev.bugle.k8s.service.ServicesConfig.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a Service, from the JSON of the API. */
class TranslationTest {

  private static final ServicesConfig CONFIG = Readers.config(Optional.empty());

  private static final Endpoints READY =
      Readers.endpoints(
          ServiceJson.slice("a", "web", "IPv4", "n1:ready"),
          ServiceJson.slice("b", "web", "IPv6", "n1:ready"));

  private static Outcome of(ServiceJson json) {
    return new Translation(CONFIG).of(Readers.service(json).orElseThrow(), READY);
  }

  private static Vip only(ServiceJson json) {
    assertThat(of(json).offers()).as("%s", of(json).account()).hasSize(1);
    return of(json).offers().get(0).vip();
  }

  private static List<String> prefixes(Outcome outcome) {
    return outcome.offers().stream().map(o -> o.vip().route().prefix().toString()).toList();
  }

  @Test
  void theAddressOfTheStatusIsAnnouncedToAll() {
    Outcome outcome = of(ServiceJson.of("web").ip("203.0.113.10"));

    Offer offer = outcome.offers().get(0);
    assertThat(offer.vip().name()).isEqualTo("default/web/203.0.113.10");
    assertThat(offer.vip().toString()).contains("203.0.113.10/32");
    assertThat(offer.vip().leadership()).isEqualTo(Vip.ALWAYS);
    assertThat(offer.vip().drainTime()).isEqualTo(Duration.ofSeconds(1));
    assertThat(offer.eligibility().effect()).isEqualTo(Effect.ALLOWS);
    assertThat(offer.drain()).isEmpty();
    assertThat(outcome.account().addresses()).as("nothing to write").isEmpty();
    assertThat(outcome.account().condition())
        .isEqualTo(new Condition(true, "Ready", "nodes can announce 203.0.113.10"));
  }

  @Test
  void whatTheAuthorHasWrittenCountsBeforeTheStatus() {
    Outcome outcome =
        of(
            ServiceJson.of("web")
                .ip("203.0.113.99")
                .spec("loadBalancerIP", "203.0.113.98")
                .annotation("addresses", " 203.0.113.10 , 2001:db8::10"));

    assertThat(prefixes(outcome)).containsExactly("203.0.113.10/32", "2001:db8::10/128");
    assertThat(outcome.account().addresses().orElseThrow().toString())
        .isEqualTo("[203.0.113.10, 2001:db8::10]");
    assertThat(
            prefixes(
                of(
                    ServiceJson.of("web")
                        .ip("203.0.113.99")
                        .spec("loadBalancerIP", "203.0.113.98"))))
        .containsExactly("203.0.113.98/32");
  }

  @Test
  void aServiceWithoutAnAddressWaitsForOneWithoutAComplaint() {
    Outcome outcome = of(ServiceJson.of("web"));
    assertThat(outcome.offers()).isEmpty();
    assertThat(outcome.account().complaints()).isEmpty();
    assertThat(outcome.account().condition().reason()).isEqualTo("NoAddress");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "203.0.113.300",
        "203.0.113.10, ",
        "203.0.113.10 203.0.113.11",
        "web.example.com",
        "203.0.113.0/24",
        "0.0.0.0",
        "224.0.0.5",
        "fe80::1%eth0",
        ""
      })
  void anAddressThatIsNoneIsTold(String text) {
    Outcome outcome = of(ServiceJson.of("web").annotation("addresses", text));
    assertThat(outcome.offers()).isEmpty();
    assertThat(outcome.account().addresses()).isEmpty();
    assertThat(outcome.account().complaints())
        .singleElement()
        .satisfies(
            complaint -> {
              assertThat(complaint.reason()).isEqualTo("InvalidAddress");
              assertThat(complaint.message())
                  .startsWith("bugle.dev/addresses: ")
                  .hasSizeLessThan(300);
            });
    assertThat(outcome.account().condition().reason()).isEqualTo("InvalidAddress");
  }

  @Test
  void anAddressMayHaveTheLengthOfOneAddress() {
    assertThat(prefixes(of(ServiceJson.of("web").annotation("addresses", "203.0.113.10/32"))))
        .containsExactly("203.0.113.10/32");
  }

  @Test
  void anAddressThatIsNotAllowedIsTold() {
    ServicesConfig config = Readers.config(Optional.empty());
    Selection narrow =
        new Selection(
            ServicesConfig.DEFAULT_CLASS,
            false,
            Optional.empty(),
            List.of(Prefix.parse("203.0.113.0/24")),
            false);
    Translation translation =
        new Translation(
            new ServicesConfig(
                config.kubeconfig(),
                config.node(),
                narrow,
                config.defaults(),
                Checks.DEFAULTS,
                config.leases(),
                config.contact()));
    Service outside = Readers.service(ServiceJson.of("web").ip("198.51.100.1")).orElseThrow();
    assertThat(translation.of(outside, READY).account().complaints().get(0).message())
        .contains("198.51.100.1", "203.0.113.0/24");
    Service inside = Readers.service(ServiceJson.of("web").ip("203.0.113.1")).orElseThrow();
    assertThat(translation.of(inside, READY).offers()).hasSize(1);
  }

  @Test
  void annotationsSayHowItIsAnnouncedAsKeysOfAVipDo() {
    Vip vip =
        only(
            ServiceJson.of("web")
                .ip("203.0.113.10")
                .annotation("communities", "65001:100, no-export, 65001:1:2, rt:65001:7")
                .annotation("local-pref", "200")
                .annotation("med", "10")
                .annotation("prepend", "3")
                .annotation("peers", "192.0.2.254, 2001:db8::1")
                .annotation("health", "api,db")
                .annotation("leadership", "control-plane")
                .annotation("drain-time", "5s"));

    assertThat(vip.route().communities()).hasSize(2);
    assertThat(vip.route().largeCommunities()).hasSize(1);
    assertThat(vip.route().extendedCommunities()).hasSize(1);
    assertThat(vip.route().localPref()).hasValue(200);
    assertThat(vip.route().med()).hasValue(10);
    assertThat(vip.route().prepend()).isEqualTo(3);
    assertThat(vip.audience().peers()).hasSize(2);
    assertThat(vip.needs().health()).containsExactly("api", "db");
    assertThat(vip.leadership()).isEqualTo("control-plane");
    assertThat(vip.drainTime()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "communities | 65001:100, nonsense   | bugle.dev/communities[1]: ",
        "communities | 65001:100,            | bugle.dev/communities[1]: ",
        "communities | 70000:1               | bugle.dev/communities: ",
        "local-pref  | -1                    | bugle.dev/local-pref: ",
        "local-pref  | 4294967296            | bugle.dev/local-pref: ",
        "med         | ten                   | bugle.dev/med: ",
        "prepend     | 33                    | bugle.dev/prepend: ",
        "peers       | router.example.com/33 | bugle.dev/peers: ",
        "leadership  | group/                | bugle.dev/leadership: ",
        "leadership  | group/Upper           | bugle.dev/leadership: ",
        "leadership  | two words             | bugle.dev/leadership: ",
        "drain       | yes                   | bugle.dev/drain: ",
        "drain-time  | 5                     | bugle.dev/drain-time: ",
        "drain-time  | 1h                    | bugle.dev/drain-time: ",
        "comunities  | 65001:100             | bugle.dev/comunities: unknown",
        "name        | web                   | bugle.dev/name: unknown",
      })
  void anAnnotationThatIsNotUnderstoodKeepsTheServiceFromBeingAnnounced(
      String key, String value, String start) {
    Outcome outcome = of(ServiceJson.of("web").ip("203.0.113.10").annotation(key, value));

    Eligibility eligibility = outcome.offers().get(0).eligibility();
    assertThat(eligibility.effect()).isEqualTo(Effect.FORBIDS);
    assertThat(eligibility.reason()).startsWith(start.strip());
    assertThat(outcome.elections()).isEmpty();
    assertThat(outcome.account().complaints())
        .singleElement()
        .satisfies(complaint -> assertThat(complaint.message()).startsWith(start.strip()));
    assertThat(outcome.account().condition().isTrue()).isFalse();
  }

  @Test
  void aSlipIsToldWithWhatWasMeant() {
    Outcome outcome =
        of(ServiceJson.of("web").ip("203.0.113.10").annotation("comunities", "no-export"));
    assertThat(outcome.account().complaints().get(0).message()).contains("communities");
  }

  @Test
  void whatIsToldIsOneLineHoweverItWasWritten() {
    for (String key : List.of("addresses", "med", "drain", "leadership", "peers")) {
      Outcome outcome =
          of(ServiceJson.of("web").ip("203.0.113.10").annotation(key, "1\n2026 ERROR \u001b[31m"));
      assertThat(outcome.account().complaints())
          .singleElement()
          .satisfies(
              complaint -> assertThat(complaint.message()).doesNotContainPattern("\\p{Cntrl}"));
    }
  }

  @Test
  void leadershipIsOfTheServiceOfAGroupOrOfTheConfiguration() {
    Outcome service =
        of(ServiceJson.of("a-b", "web").ip("203.0.113.10").annotation("leadership", "service"));
    assertThat(service.offers().get(0).vip().leadership()).isEqualTo("service/a-b/web");
    LeaseConfig lease = (LeaseConfig) service.elections().get("service/a-b/web");
    assertThat(lease.lease().toString()).isEqualTo("the Lease kube-system/bugle.service.a-b.web");

    Outcome group =
        of(ServiceJson.of("web").ip("203.0.113.10").annotation("leadership", "group/edge"));
    assertThat(group.elections()).containsOnlyKeys("group/edge");
    assertThat(
            only(ServiceJson.of("web").ip("203.0.113.10").annotation("leadership", "none"))
                .leadership())
        .isEqualTo(Vip.ALWAYS);
  }

  @Test
  void drainingIsAskedForByAnnotation() {
    Outcome outcome = of(ServiceJson.of("web").ip("203.0.113.10").annotation("drain", "true"));
    assertThat(outcome.offers().get(0).drain())
        .hasValueSatisfying(t -> assertThat(t).contains("drain"));
  }

  @Test
  void theLastEndpointHereThatLeavesDrains() {
    Service local = Readers.service(ServiceJson.of("web").local().ip("203.0.113.10")).orElseThrow();
    Endpoints leaving =
        Readers.endpoints(ServiceJson.slice("a", "web", "IPv4", "n1:leaving", "n2:ready"));
    assertThat(new Translation(CONFIG).of(local, leaving).offers().get(0).drain()).isPresent();
  }

  @Test
  void anAddressOfAFamilyWithoutEndpointsWaitsForSome() {
    Service dual =
        Readers.service(ServiceJson.of("web").ip("203.0.113.10").ip("2001:db8::10")).orElseThrow();
    Endpoints ipv4 = Readers.endpoints(ServiceJson.slice("a", "web", "IPv4", "n1:ready"));

    Outcome outcome = new Translation(CONFIG).of(dual, ipv4);

    assertThat(outcome.offers()).hasSize(2);
    assertThat(outcome.offers().get(0).eligibility().effect()).isEqualTo(Effect.ALLOWS);
    assertThat(outcome.offers().get(1).eligibility().effect()).isEqualTo(Effect.FORBIDS);
    assertThat(outcome.account().condition().message()).contains("no IPv6 endpoint");
    assertThat(new Translation(CONFIG).of(dual, Endpoints.NONE).account().condition().isTrue())
        .isFalse();
  }

  @Test
  void defaultsCountWhereTheServiceSaysNothing() {
    ServicesConfig config =
        new ServicesConfig(
            Optional.empty(),
            Optional.of("n1"),
            Readers.OURS,
            new Defaults("service", Duration.ofSeconds(9), true),
            Checks.DEFAULTS,
            CONFIG.leases(),
            CONFIG.contact());
    Service web = Readers.service(ServiceJson.of("web").ip("203.0.113.10")).orElseThrow();

    Outcome outcome = new Translation(config).of(web, Endpoints.NONE);

    assertThat(outcome.offers().get(0).vip().drainTime()).isEqualTo(Duration.ofSeconds(9));
    assertThat(outcome.offers().get(0).vip().leadership()).isEqualTo("service/default/web");
    assertThat(outcome.offers().get(0).eligibility().value()).isEqualTo("unserved");
    assertThat(outcome.account().condition().isTrue()).isTrue();
  }
}
