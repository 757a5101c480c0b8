package dev.bugle.advertiser;

import static dev.bugle.advertiser.leadership.Leadership.held;
import static dev.bugle.advertiser.leadership.Leadership.lost;
import static dev.bugle.advertiser.leadership.Leadership.waiting;
import static dev.bugle.advertiser.leadership.Leadership.yielding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.addresses.BoundAddress;
import dev.bugle.advertiser.health.Health;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.source.Standing;
import dev.bugle.advertiser.vip.Degradation;
import dev.bugle.advertiser.vip.Drain;
import dev.bugle.advertiser.vip.Needs;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.advertiser.vip.VipAudience;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.rib.RouteChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The safety rule, input by input. */
class IntentTest {

  private static final Vip A = new Vip(Route.to("203.0.113.1/32").build(), "a");
  private static final Vip B = new Vip(Route.to("203.0.113.2/32").build(), "b");
  private static final Leadership FOREVER = held(Long.MAX_VALUE, 0, "always");
  private static final Degradation WORSE =
      new Degradation(List.of(RouteChange.med(500)), Optional.of(Duration.ofNanos(40)));
  private static final Reach UP = new Reach(Reach.State.UP, 3);
  private static final BoundAddress ON_LO = new BoundAddress("lo", A.route().prefix());

  private static Vip needing(Needs needs) {
    return new Vip("vip", A.route(), VipAudience.ALL, needs, Duration.ofNanos(30));
  }

  private static Vip checked(Degradation... degradation) {
    return needing(
        new Needs("a", List.of("api"), List.of(degradation).stream().findAny(), Optional.empty()));
  }

  private static Vip bound() {
    return needing(new Needs("a", List.of(), Optional.empty(), Optional.of("lo")));
  }

  private static Inputs led(Leadership a) {
    return new Inputs(Map.of("a", a), UP, Map.of(), Map.of(), Map.of(), Map.of());
  }

  private static Inputs healthy(Health api) {
    return new Inputs(Map.of("a", FOREVER), UP, Map.of(), Map.of("api", api), Map.of(), Map.of());
  }

  private static Inputs bound(Binding.State state) {
    return new Inputs(
        Map.of("a", FOREVER),
        UP,
        Map.of(),
        Map.of(),
        Map.of(ON_LO, new Binding(state, 7, "so")),
        Map.of());
  }

  private static Inputs drained(Leadership a, long since) {
    return new Inputs(
        Map.of("a", a),
        UP,
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of("vip", new Drain(since, "by an operator")));
  }

  private static VipDecision decide(Vip vip, Inputs inputs, long now) {
    return Intent.decide(List.of(vip), inputs, now).decisions().get(0);
  }

  private static VipDecision standing(Vip vip, Standing standing, long now) {
    Inputs inputs =
        new Inputs(
            Map.of("a", FOREVER),
            UP,
            Map.of(),
            Map.of("api", Health.up(Long.MAX_VALUE, 0, "passed")),
            Map.of(),
            Map.of(),
            Map.of("vip", standing));
    return decide(vip, inputs, now);
  }

  @Test
  void aStandingKeepsAVipBackAndCompetesForNothingMeanwhile() {
    Standing none = Standing.forbids("none", 5, "no endpoint is ready");
    Vip vip = needing(Needs.leadership("a"));
    assertThat(standing(vip, Standing.allows("ready", 5, "ready"), 9).posture())
        .isEqualTo(Posture.ANNOUNCED);
    assertThat(standing(vip, none, 9).posture()).isEqualTo(Posture.WITHDRAWN);
    assertThat(standing(vip, none, 9).reason()).isEqualTo("no endpoint is ready");
    Inputs inputs =
        new Inputs(
            Map.of("a", FOREVER), UP, Map.of(), Map.of(), Map.of(), Map.of(), Map.of("vip", none));
    assertThat(Intent.decide(List.of(vip), inputs, 9).candidates()).isEmpty();
    assertThat(Intent.decide(List.of(vip), inputs, 9).kept()).isEmpty();
  }

  @Test
  void aStandingThatIsWorseDegradesForAsLongAsTheVipSaysAndWithoutThatWithdraws() {
    Standing worse = Standing.worsens("few", 5, "1 of 3 endpoints is ready");
    Vip degrading =
        checked(new Degradation(List.of(RouteChange.med(9)), Optional.of(Duration.ofNanos(10))));
    assertThat(standing(degrading, worse, 14).posture()).isEqualTo(Posture.DEGRADED);
    assertThat(standing(degrading, worse, 14).validUntil()).isEqualTo(15);
    assertThat(standing(degrading, worse, 15).posture()).isEqualTo(Posture.WITHDRAWN);
    assertThat(standing(needing(Needs.leadership("a")), worse, 6).posture())
        .isEqualTo(Posture.WITHDRAWN);
  }

  @Test
  void aHeldLeadershipIsAnnouncedUntilItRunsOut() {
    assertThat(decide(A, led(held(100, 0, "lock")), 99).posture()).isEqualTo(Posture.ANNOUNCED);
    assertThat(decide(A, led(held(100, 0, "lock")), 99).validUntil()).isEqualTo(100);
    assertThat(decide(A, led(held(100, 0, "lock")), 100).announced()).isFalse();
    assertThat(decide(A, led(held(100, 0, "lock")), 101).announced()).isFalse();
    assertThat(decide(A, led(yielding(100, 0, "lock")), 99).announced()).isTrue();
    assertThat(decide(A, led(FOREVER), Long.MAX_VALUE - 1).announced()).isTrue();
  }

  @Test
  void withoutLeadershipNothingIsAnnounced() {
    assertThat(decide(A, led(waiting(0, "held by process 1")), 1).announced()).isFalse();
    assertThat(decide(A, led(lost(0, "removed")), 1).announced()).isFalse();
    assertThat(
            decide(A, new Inputs(Map.of(), UP, Map.of(), Map.of(), Map.of(), Map.of()), 1)
                .announced())
        .isFalse();
  }

  @Test
  void everyDecisionHasItsReasonAndItsRule() {
    assertThat(decide(A, led(FOREVER), 1).reason()).isEqualTo("always");
    VipDecision expired = decide(A, led(held(1, 0, "lock")), 1);
    assertThat(expired.reason()).isEqualTo("leadership ran out without being confirmed: lock");
    assertThat(expired.decidedBy().value()).isEqualTo("expired");
    assertThat(expired.decidedBy().since()).isEqualTo(1);
    assertThat(expired.rule()).isEqualTo("A VIP is announced only while its leadership is held.");
    assertThat(decide(A, led(waiting(5, "held by process 1")), 9).decidedBy())
        .hasToString("leadership a: waiting (held by process 1)");
  }

  @Test
  void vipsAreDecidedEachForItself() {
    Inputs inputs =
        new Inputs(
            Map.of("a", held(50, 0, "x"), "b", held(100, 0, "y")),
            UP,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of());
    Intent intent = Intent.decide(List.of(A, B), inputs, 50);
    assertThat(intent.advertisements()).containsOnlyKeys("203.0.113.2/32");
    assertThat(intent.validUntil()).isEqualTo(100);
  }

  @Test
  void aCheckMustBeUpAndKnownToBe() {
    assertThat(decide(checked(), healthy(Health.up(100, 0, "200")), 99).posture())
        .isEqualTo(Posture.ANNOUNCED);
    assertThat(decide(checked(), healthy(Health.up(100, 0, "200")), 99).validUntil())
        .isEqualTo(100);
    VipDecision expired = decide(checked(), healthy(Health.up(100, 0, "200")), 100);
    assertThat(expired.announced()).isFalse();
    assertThat(expired.reason()).isEqualTo("health api: no probe has passed in time: 200");
    assertThat(decide(checked(), healthy(Health.down(10, "refused")), 20).announced()).isFalse();
    assertThat(decide(checked(), healthy(Health.unknown(0, "none yet")), 1).announced()).isFalse();
    assertThat(decide(checked(), led(FOREVER), 1).reason())
        .isEqualTo("health api: there is no such check");
  }

  @Test
  void whatIsDownIsAnnouncedWorseForAWhileIfThatIsWanted() {
    VipDecision worse = decide(checked(WORSE), healthy(Health.down(10, "refused")), 49);
    assertThat(worse.posture()).isEqualTo(Posture.DEGRADED);
    assertThat(worse.validUntil()).isEqualTo(50);
    assertThat(worse.advertisement().policy()).hasToString("[med 500, continue; otherwise accept]");
    assertThat(decide(checked(WORSE), healthy(Health.down(10, "refused")), 50).announced())
        .isFalse();
    Degradation forever = new Degradation(WORSE.changes(), Optional.empty());
    assertThat(decide(checked(forever), healthy(Health.down(10, "refused")), 1L << 60).posture())
        .isEqualTo(Posture.DEGRADED);
  }

  @Test
  void whatIsNotKnownToBeDownIsNotAnnouncedWorseButNotAtAll() {
    assertThat(decide(checked(WORSE), healthy(Health.unknown(0, "none yet")), 1).announced())
        .isFalse();
    assertThat(decide(checked(WORSE), healthy(Health.up(5, 0, "200")), 5).announced()).isFalse();
  }

  @Test
  void aDrainedVipIsAnnouncedAsDrainingForItsTimeAndThenWithdrawn() {
    VipDecision draining = decide(bareVip(), drained(FOREVER, 10), 39);
    assertThat(draining.posture()).isEqualTo(Posture.DRAINING);
    assertThat(draining.validUntil()).isEqualTo(40);
    assertThat(draining.advertisement().policy())
        .hasToString(
            "[add communities graceful-shutdown, local-pref 0, continue; otherwise accept]");
    VipDecision drained = decide(bareVip(), drained(FOREVER, 10), 40);
    assertThat(drained.announced()).isFalse();
    assertThat(drained.reason()).isEqualTo("by an operator");
    assertThat(decide(bareVip(), drained(waiting(0, "no"), 10), 20).announced()).isFalse();
  }

  private static Vip bareVip() {
    return needing(Needs.leadership("a"));
  }

  @Test
  void theAddressMustBeOnItsInterface() {
    assertThat(decide(bound(), bound(Binding.State.BOUND), 9).announced()).isTrue();
    assertThat(decide(bound(), bound(Binding.State.ABSENT), 9).announced()).isFalse();
    assertThat(decide(bound(), bound(Binding.State.FAILED), 9).announced()).isFalse();
    assertThat(decide(bound(), led(FOREVER), 9).announced()).isFalse();
  }

  @Test
  void anAddressIsWantedOnceNothingElseIsMissing() {
    assertThat(Intent.decide(List.of(bound()), led(FOREVER), 1).addresses()).containsExactly(ON_LO);
    assertThat(Intent.decide(List.of(bound()), led(waiting(0, "no")), 1).addresses()).isEmpty();
  }

  @Test
  void whatCouldNotBeAnnouncedIsNotCompetedFor() {
    assertThat(Intent.decide(List.of(A), led(waiting(0, "no")), 1).candidates())
        .containsExactly("a");
    Intent down = Intent.decide(List.of(checked(WORSE)), healthy(Health.down(10, "x")), 20);
    assertThat(down.candidates()).isEmpty();
    assertThat(down.kept()).containsExactly("a");
    assertThat(Intent.decide(List.of(checked()), healthy(Health.down(10, "x")), 20).kept())
        .isEmpty();
    Intent draining = Intent.decide(List.of(bareVip()), drained(FOREVER, 10), 20);
    assertThat(draining.candidates()).isEmpty();
    assertThat(draining.kept()).containsExactly("a");
    assertThat(Intent.decide(List.of(bound()), bound(Binding.State.FAILED), 20).kept()).isEmpty();
    assertThat(Intent.decide(List.of(bound()), bound(Binding.State.ABSENT), 20).kept())
        .containsExactly("a");
  }

  @Test
  void oneVipThatCouldBeAnnouncedIsEnoughForItsGroup() {
    Vip other = new Vip(Route.to("203.0.113.9/32").build(), "a");
    Intent intent =
        Intent.decide(List.of(checked(), other), healthy(Health.down(10, "refused")), 20);
    assertThat(intent.candidates()).containsExactly("a");
    assertThat(intent.advertisements()).containsOnlyKeys("203.0.113.9/32");
  }

  private static Intent reaching(Reach reach, long now) {
    Map<String, Duration> patience = Map.of("a", Duration.ofNanos(20));
    return Intent.decide(
        List.of(A),
        new Inputs(Map.of("a", FOREVER), reach, patience, Map.of(), Map.of(), Map.of()),
        now);
  }

  @Test
  void whoReachesNoPeerKeepsALeadershipForAWhileAndThenLeavesItToOthers() {
    assertThat(reaching(UP, 100).kept()).containsExactly("a");

    Reach down = new Reach(Reach.State.DOWN, 30);
    assertThat(reaching(down, 49).kept()).containsExactly("a");
    assertThat(reaching(down, 49).candidates()).containsExactly("a");
    assertThat(reaching(down, 49).validUntil()).isEqualTo(50);
    assertThat(reaching(down, 49).decisions().get(0).posture()).isEqualTo(Posture.ANNOUNCED);

    Intent over = reaching(down, 50);
    assertThat(over.kept()).isEmpty();
    assertThat(over.candidates()).isEmpty();
    assertThat(over.decisions().get(0).announced()).isFalse();
    assertThat(over.decisions().get(0).decidedBy().kind()).isEqualTo(Factor.Kind.PEERS);
    assertThat(over.decisions().get(0).decidedBy().since()).isEqualTo(50);
    assertThat(over.decisions().get(0).reason()).startsWith("no peer has been up for ");
  }

  @Test
  void nobodyCompetesBeforeAPeerHasBeenUp() {
    Intent intent = reaching(new Reach(Reach.State.NEVER, 30), 31);
    assertThat(intent.candidates()).isEmpty();
    assertThat(intent.kept()).isEmpty();
    assertThat(intent.decisions().get(0).reason()).isEqualTo("no peer has been up yet");
  }

  @Test
  void aLeadershipWithoutSuchPatienceDoesNotMindPeers() {
    Intent intent =
        Intent.decide(
            List.of(A),
            new Inputs(
                Map.of("a", FOREVER),
                new Reach(Reach.State.DOWN, 0),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of()),
            1_000_000);
    assertThat(intent.candidates()).containsExactly("a");
    assertThat(intent.decisions().get(0).announced()).isTrue();
  }
}
