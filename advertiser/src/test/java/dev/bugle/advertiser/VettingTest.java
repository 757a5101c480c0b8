package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.health.HealthTiming;
import dev.bugle.advertiser.health.Probe;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.leadership.FileLockConfig;
import dev.bugle.advertiser.source.SourcedVip;
import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.source.Standing;
import dev.bugle.advertiser.vip.Needs;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.advertiser.vip.VipAudience;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken of that which a source states, and under which names. */
class VettingTest {

  private static final String A = "203.0.113.1/32";
  private static final ElectorConfig LOCK =
      new FileLockConfig(Path.of("/run/vip.lock"), Duration.ofSeconds(1), Duration.ofSeconds(9));
  private static final HealthCheckConfig CHECK =
      new HealthCheckConfig(
          new HealthTiming(
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              1,
              1,
              Optional.empty()),
          new Probe.Tcp("127.0.0.1", 80));
  private static final AdvertiserConfig CONFIG =
      AdvertiserConfig.builder(SpeakerConfig.builder(65001, "192.0.2.1").build())
          .peers(Neighbor.of(PeerConfig.builder("192.0.2.254", 65000).build()))
          .vips(
              new Vip(
                  "s/taken",
                  Route.to(A).build(),
                  VipAudience.ALL,
                  Needs.leadership(Vip.ALWAYS),
                  Duration.ZERO))
          .build();
  private static final Terms TERMS = Terms.of(CONFIG, List.of("always", "cp"));

  private static Vip vip(String name, VipAudience audience, Needs needs, String prefix) {
    return new Vip(name, Route.to(prefix).build(), audience, needs, Duration.ZERO);
  }

  private static Vip vip(String name, Needs needs) {
    return vip(name, VipAudience.ALL, needs, A);
  }

  private static Vip vip(String name) {
    return vip(name, Needs.leadership(Vip.ALWAYS));
  }

  private static Vetting.Outcome vet(
      Map<String, ElectorConfig> leaderships, Map<String, HealthCheckConfig> checks, Vip... vips) {
    List<SourcedVip> all =
        List.of(vips).stream()
            .map(one -> new SourcedVip(one, Standing.allows("ready", 0, "ready")))
            .toList();
    return Vetting.of("s", new SourcedVips(all, leaderships, checks), TERMS, Map.of());
  }

  private static String refusal(Vip vip) {
    return vet(Map.of(), Map.of(), vip).refused().get(vip.name());
  }

  @Test
  void namesBeginWithThatOfTheSourceAndReferToItsOwnThingsFirst() {
    Needs needs = new Needs("cp", List.of("api"), Optional.empty(), Optional.empty());

    Vetting.Outcome own =
        vet(Map.of("cp", LOCK, "other", LOCK), Map.of("api", CHECK), vip("web", needs));
    assertThat(own.refused()).isEmpty();
    assertThat(own.vips().get(0).vip().name()).isEqualTo("s/web");
    assertThat(own.vips().get(0).vip().leadership()).isEqualTo("s/cp");
    assertThat(own.vips().get(0).vip().needs().health()).containsExactly("s/api");
    assertThat(own.leaderships()).containsOnlyKeys("s/cp");
    assertThat(own.checks()).containsOnlyKeys("s/api");

    Vetting.Outcome configured = vet(Map.of(), Map.of(), vip("web", Needs.leadership("cp")));
    assertThat(configured.vips().get(0).vip().leadership()).isEqualTo("cp");
    assertThat(configured.leaderships()).isEmpty();
  }

  @Test
  void whatIsAlwaysHeldCannotBeAnotherElection() {
    Vetting.Outcome outcome = vet(Map.of(Vip.ALWAYS, LOCK), Map.of(), vip("web"));
    assertThat(outcome.vips().get(0).vip().leadership()).isEqualTo(Vip.ALWAYS);
    assertThat(outcome.leaderships()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-a", "a b", "a\n", "/a", "\u202ea", "ä"})
  void aNameThatCannotBeShownIsRefused(String name) {
    assertThat(refusal(vip(name))).startsWith("its name cannot be used");
  }

  @Test
  void namesHaveAtMost320Characters() {
    assertThat(vet(Map.of(), Map.of(), vip("a".repeat(320))).refused()).isEmpty();
    assertThat(refusal(vip("a".repeat(321)))).startsWith("its name cannot be used");
  }

  @Test
  void aNameOfTheConfigurationIsRefusedAndSoIsTheSecondOfOneName() {
    assertThat(refusal(vip("taken"))).contains("the configuration has a VIP called s/taken");
    Vetting.Outcome twice = vet(Map.of(), Map.of(), vip("web"), vip("web"), vip("db"));
    assertThat(twice.vips()).hasSize(2);
    assertThat(twice.refused()).containsOnlyKeys("web (again)");
  }

  @Test
  void aPeerThatIsNotThereIsRefused() {
    assertThat(refusal(vip("web", only(Condition.peer("192.0.2.9")), Needs.leadership("cp"), A)))
        .contains("it names the peer 192.0.2.9, which is neither under peers");
    assertThat(refusal(vip("web", only(Condition.peerIn("10.0.0.0/8")), Needs.leadership("cp"), A)))
        .contains("the peer 10.0.0.0/8");
    assertThat(
            refusal(vip("web", only(Condition.peerInterface("eth9")), Needs.leadership("cp"), A)))
        .contains("the peer eth9");
    Vip known = vip("web", only(Condition.peer("192.0.2.254")), Needs.leadership("cp"), A);
    assertThat(vet(Map.of(), Map.of(), known).refused()).isEmpty();
  }

  private static VipAudience only(Condition condition) {
    return new VipAudience(
        List.of(new PolicyRule(List.of(condition), List.of(), Verdict.ACCEPT)), List.of());
  }

  @Test
  void aWholePrefixIsPutOnNoInterface() {
    Needs bound = new Needs("cp", List.of(), Optional.empty(), Optional.of("lo"));
    assertThat(refusal(vip("web", VipAudience.ALL, bound, "203.0.113.0/24")))
        .contains("is no single address, so lo cannot have it");
  }

  @Test
  void twoOfItsOwnLeadershipsCannotCompeteForOneThing() {
    Vetting.Outcome outcome =
        vet(
            Map.of("l", LOCK, "m", LOCK),
            Map.of(),
            vip("web", Needs.leadership("l")),
            vip("api", Needs.leadership("l")),
            vip("db", Needs.leadership("m")));
    assertThat(outcome.vips()).hasSize(2);
    assertThat(outcome.refused().get("db")).contains("as leadership s/l does");
  }
}
