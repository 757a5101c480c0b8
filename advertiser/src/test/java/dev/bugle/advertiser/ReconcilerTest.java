package dev.bugle.advertiser;

import static dev.bugle.advertiser.leadership.Leadership.held;
import static dev.bugle.advertiser.leadership.Leadership.lost;
import static dev.bugle.advertiser.leadership.Leadership.waiting;
import static dev.bugle.advertiser.leadership.Leadership.yielding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.addresses.BoundAddress;
import dev.bugle.advertiser.health.Health;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.advertiser.vip.Drain;
import dev.bugle.advertiser.vip.Needs;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.advertiser.vip.VipAudience;
import dev.bugle.bgp.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The order of withdrawing, flushing and releasing, in virtual time. */
class ReconcilerTest {

  private static final Vip A = new Vip(Route.to("203.0.113.1/32").build(), "a");
  private static final Vip A2 = new Vip(Route.to("2001:db8::1/128").build(), "a");
  private static final Vip B = new Vip(Route.to("203.0.113.2/32").build(), "b");

  private final ManualTicker ticker = new ManualTicker();
  private final List<String> log = new ArrayList<>();
  private final RecordingSink sink = new RecordingSink(log);
  private final ScriptedElector a = new ScriptedElector("a", log);
  private final ScriptedElector b = new ScriptedElector("b", log);
  private final Drains drains = new Drains();
  private final Map<String, Health> health = new HashMap<>();
  private final RecordingAddresses addresses = new RecordingAddresses();
  private final List<String> handed = new ArrayList<>();
  private Reach reach = new Reach(Reach.State.UP, 0);
  private final Reconciler reconciler = reconcile(List.of(A, A2, B), Handover.WITHDRAW_FIRST);

  private Reconciler reconcile(List<Vip> vips, Handover handover) {
    Plan plan =
        new Plan(vips, Map.of("a", new Contest(a, handover), "b", new Contest(b, handover)));
    return new Reconciler(
        plan, new Ports(() -> health, () -> reach, drains, addresses, sink), listener(), ticker);
  }

  private DecisionListener listener() {
    return new DecisionListener() {
      @Override
      public void decided(Map<String, Leadership> leadership, List<VipDecision> decisions) {}

      @Override
      public void handed(VipDecision decision, long nanos) {
        handed.add(decision.vip() + " " + decision.posture() + " after " + nanos);
      }
    };
  }

  private CompletableFuture<Void> stop() {
    drains.drainAll(Drains.Source.STOP, new Drain(ticker.nanos(), "stopping"));
    return reconciler.retired().toCompletableFuture();
  }

  private long in(long nanos) {
    return ticker.nanos() + nanos;
  }

  private void announceAll() {
    a.now(held(in(1000), 0, "lock a"));
    b.now(held(Long.MAX_VALUE, 0, "always"));
    reconciler.pass();
    assertThat(log).containsExactly("set [2001:db8::1/128, 203.0.113.1/32, 203.0.113.2/32]");
    sink.completeAll();
    log.clear();
  }

  @Test
  void nothingIsAnnouncedBeforeLeadershipIsHeld() {
    assertThat(reconciler.pass()).isEqualTo(Long.MAX_VALUE);
    assertThat(log).isEmpty();
    assertThat(reconciler.decisions()).hasSize(3).noneMatch(VipDecision::announced);
  }

  @Test
  void theNextPassIsDueWhenTheFirstLeadershipRunsOut() {
    a.now(held(in(1000), 0, "x"));
    b.now(held(in(700), 0, "y"));
    assertThat(reconciler.pass()).isEqualTo(in(700));
  }

  @Test
  void aStuckElectorIsFencedExactlyAtItsDeadline() {
    announceAll();
    long deadline = in(1000);

    ticker.advanceTo(deadline - 1);
    reconciler.pass();
    assertThat(log).isEmpty();
    ticker.advanceTo(deadline);
    reconciler.pass();

    assertThat(log).containsExactly("set [203.0.113.2/32]");
    assertThat(reconciler.decisions().get(0).reason()).contains("ran out");
  }

  @Test
  void anExtensionPutsTheDeadlineOff() {
    announceAll();
    ticker.advanceTo(in(999));
    a.now(held(in(1000), 0, "lock a"));
    ticker.advanceTo(in(1));
    assertThat(reconciler.pass()).isEqualTo(in(999));
    assertThat(log).isEmpty();
  }

  @Test
  void aLostLeadershipIsWithdrawnFlushedAndThenReleased() {
    announceAll();
    a.now(lost(ticker.nanos(), "file removed"));

    reconciler.pass();
    reconciler.pass();
    assertThat(log).containsExactly("set [203.0.113.2/32]");
    sink.completeAll();
    reconciler.pass();

    assertThat(log).containsExactly("set [203.0.113.2/32]", "release a");
    assertThat(reconciler.pass()).isEqualTo(Long.MAX_VALUE);
    assertThat(log).hasSize(2);
  }

  @Test
  void theFlushWakesTheReconciler() {
    AtomicInteger woken = new AtomicInteger();
    reconciler.onWake(woken::incrementAndGet);
    announceAll();
    a.now(lost(ticker.nanos(), "file removed"));
    reconciler.pass();

    woken.set(0);

    sink.completeAll();

    assertThat(woken).hasPositiveValue();
  }

  @Test
  void anElectorThatRecoversBeforeItsReleaseIsNotBelieved() {
    announceAll();
    ticker.advanceTo(in(1000));
    reconciler.pass();

    a.now(held(in(1000), 0, "late renewal"));
    reconciler.pass();
    assertThat(log).containsExactly("set [203.0.113.2/32]");
    sink.completeAll();
    reconciler.pass();
    assertThat(log).endsWith("release a");

    a.now(held(in(1000), 0, "won anew"));
    reconciler.pass();
    assertThat(log).endsWith("set [2001:db8::1/128, 203.0.113.1/32, 203.0.113.2/32]");
  }

  @Test
  void aPeerThatDoesNotReadDelaysTheReleaseForALimitedTime() {
    announceAll();
    a.now(lost(ticker.nanos(), "file removed"));
    long limit = in(Handovers.FLUSH_LIMIT.toNanos());
    assertThat(reconciler.pass()).isEqualTo(limit);

    ticker.advanceTo(limit - 1);
    reconciler.pass();
    assertThat(log).doesNotContain("release a");
    ticker.advanceTo(limit);
    reconciler.pass();
    assertThat(log).endsWith("release a");
  }

  @Test
  void whileOneReleaseWaitsAnotherLeadershipIsFencedOnTime() {
    a.now(held(in(1000), 0, "lock a"));
    b.now(held(in(2000), 0, "lock b"));
    reconciler.pass();
    log.clear();
    long deadline = in(2000);
    ticker.advanceTo(in(1000));

    assertThat(reconciler.pass()).isEqualTo(deadline);
    ticker.advanceTo(deadline);
    reconciler.pass();

    assertThat(log).containsExactly("set [203.0.113.2/32]", "set []");
  }

  @Test
  void anElectorThatThrowsTakesOnlyItsOwnVipsDown() {
    announceAll();
    a.breakDown();
    reconciler.pass();
    assertThat(log).containsExactly("set [203.0.113.2/32]");
    assertThat(reconciler.decisions().get(0).reason()).contains("elector broken");
  }

  @Test
  void aFailedPassWithdrawsEverythingAndIsTriedAgain() {
    announceAll();
    sink.failNext(1);

    assertThat(reconciler.pass()).isEqualTo(in(Reconciler.RETRY_AFTER.toNanos()));
    assertThat(log).containsExactly("set []");
    assertThat(reconciler.decisions()).noneMatch(VipDecision::announced);
    reconciler.pass();

    assertThat(log).endsWith("set [2001:db8::1/128, 203.0.113.1/32, 203.0.113.2/32]");
  }

  @Test
  void aPassWhoseWithdrawalFailsTooIsTriedAgain() {
    announceAll();
    a.now(lost(ticker.nanos(), "file removed"));
    sink.failNext(2);

    reconciler.pass();
    assertThat(log).isEmpty();
    reconciler.pass();

    assertThat(log).containsExactly("set [203.0.113.2/32]");
  }

  @Test
  void stoppingWithdrawsFlushesReleasesAndThenSaysSo() {
    announceAll();
    CompletableFuture<Void> stopped = stop();
    reconciler.pass();
    assertThat(log).containsExactly("set []");
    assertThat(stopped).isNotDone();

    sink.completeAll();
    reconciler.pass();

    assertThat(log).hasSize(3).contains("release a", "release b");
    reconciler.pass();
    assertThat(stopped).isDone();
    a.now(held(in(1000), 0, "again"));
    reconciler.pass();
    assertThat(log).doesNotContain("set [203.0.113.1/32]");
  }

  @Test
  void stoppingWithoutLeadershipIsDoneAtOnce() {
    CompletableFuture<Void> stopped = stop();
    reconciler.pass();
    assertThat(stopped).isDone();
  }

  @Test
  void whatWasLostBeforeItWasEverSeenIsReleasedToo() {
    a.now(lost(ticker.nanos(), "file removed"));
    b.now(waiting(0, "held by process 1"));
    reconciler.pass();
    sink.completeAll();
    reconciler.pass();
    assertThat(log).containsExactly("release a");
  }

  private static Vip needing(Needs needs) {
    return new Vip(
        "vip", Route.to("203.0.113.9/32").build(), VipAudience.ALL, needs, Duration.ofNanos(50));
  }

  private static final String DRAINING =
      "[add communities graceful-shutdown, local-pref 0, continue; otherwise accept]";

  private void announce(Reconciler one) {
    a.now(held(Long.MAX_VALUE, 0, "lock a"));
    one.pass();
    sink.completeAll();
    assertThat(log).containsExactly("set [203.0.113.9/32]");
    log.clear();
  }

  @Test
  void aDrainedVipIsAnnouncedAsSuchThenWithdrawnFlushedAndReleased() {
    Vip vip = needing(Needs.leadership("a"));
    Reconciler one = reconcile(List.of(vip), Handover.WITHDRAW_FIRST);
    announce(one);
    drains.drain(vip, new Drain(ticker.nanos(), "by an operator"));

    long end = in(50);
    assertThat(one.pass()).isEqualTo(end);
    assertThat(log).containsExactly("set [203.0.113.9/32 " + DRAINING + "]");
    assertThat(a.isCandidate()).isFalse();
    ticker.advanceTo(end);
    one.pass();
    assertThat(log).endsWith("set []");
    sink.completeAll();
    one.pass();
    assertThat(log).endsWith("release a");

    drains.undrain(vip);
    one.pass();
    assertThat(a.isCandidate()).isTrue();
  }

  @Test
  void whoIsUnhealthyWithdrawsReleasesAndDoesNotCompeteUntilItIsHealthy() {
    Vip vip = needing(new Needs("a", List.of("api"), Optional.empty(), Optional.empty()));
    Reconciler one = reconcile(List.of(vip), Handover.WITHDRAW_FIRST);
    one.pass();
    assertThat(a.isCandidate()).isFalse();
    health.put("api", Health.up(in(1000), 0, "200"));
    announce(one);
    assertThat(a.isCandidate()).isTrue();

    health.put("api", Health.down(ticker.nanos(), "refused"));
    one.pass();
    assertThat(a.isCandidate()).isFalse();
    sink.completeAll();
    one.pass();
    assertThat(log).containsExactly("set []", "release a");
  }

  @Test
  void withAnOverlapTheReleaseComesFirstAndTheWithdrawalAfterIt() {
    Vip vip = needing(Needs.leadership("a"));
    Reconciler one = reconcile(List.of(vip), Handover.overlapping(Duration.ofNanos(30)));
    announce(one);
    a.now(yielding(in(1000), 0, "the preferred one is back"));

    one.pass();
    long end = in(30);
    assertThat(log).containsExactly("release a");
    assertThat(one.pass()).isEqualTo(end);
    ticker.advanceTo(end - 1);
    one.pass();
    assertThat(log).hasSize(1);
    ticker.advanceTo(end);
    one.pass();
    assertThat(log).containsExactly("release a", "set []");
  }

  @Test
  void aLeadershipThatIsLostDoesNotOverlap() {
    Vip vip = needing(Needs.leadership("a"));
    Reconciler one = reconcile(List.of(vip), Handover.overlapping(Duration.ofNanos(30)));
    announce(one);
    a.now(lost(ticker.nanos(), "file removed"));
    one.pass();
    assertThat(log).containsExactly("set []");
    sink.completeAll();
    one.pass();
    assertThat(log).endsWith("release a");
  }

  @Test
  void aDrainWithAnOverlapLetsAnotherLeadAtOnce() {
    Vip vip = needing(Needs.leadership("a"));
    Reconciler one = reconcile(List.of(vip), Handover.overlapping(Duration.ofNanos(30)));
    announce(one);
    drains.drain(vip, new Drain(ticker.nanos(), "by an operator"));
    one.pass();
    assertThat(log).containsExactly("set [203.0.113.9/32 " + DRAINING + "]", "release a");
    ticker.advanceTo(in(30));
    one.pass();
    assertThat(log).endsWith("set []");
  }

  @Test
  void anOverlapIsOverWhenNothingIsAnnouncedUnderItAnyMore() {
    Vip vip = needing(Needs.leadership("a"));
    Reconciler one = reconcile(List.of(vip), Handover.overlapping(Duration.ofSeconds(60)));
    announce(one);
    drains.drainAll(Drains.Source.STOP, new Drain(ticker.nanos(), "stopping"));
    CompletableFuture<Void> retired = one.retired().toCompletableFuture();
    one.pass();
    assertThat(log).endsWith("release a");
    ticker.advanceTo(in(50)); // its drain time
    one.pass();
    assertThat(log).endsWith("set []");
    assertThat(retired).isNotDone();
    sink.completeAll();
    one.pass();
    assertThat(retired).isDone();
  }

  @Test
  void theAddressComesBeforeTheRouteAndGoesAfterTheWithdrawalIsFlushed() {
    Vip vip = needing(new Needs("a", List.of(), Optional.empty(), Optional.of("lo")));
    BoundAddress onLo = new BoundAddress("lo", vip.route().prefix());
    Reconciler one = reconcile(List.of(vip), Handover.WITHDRAW_FIRST);
    one.pass();
    assertThat(addresses.wanted()).isEmpty();
    a.now(held(Long.MAX_VALUE, 0, "lock a"));
    one.pass();
    assertThat(addresses.wanted()).containsExactly(onLo);
    assertThat(log).isEmpty();
    addresses.now(onLo, Binding.State.BOUND);
    announce(one);

    a.now(lost(ticker.nanos(), "file removed"));
    one.pass();
    assertThat(log).containsExactly("set []");
    assertThat(addresses.wanted()).containsExactly(onLo);
    sink.completeAll();
    one.pass();
    assertThat(addresses.wanted()).isEmpty();
  }

  @Test
  void whoCannotHaveTheAddressLetsAnotherLeadAndStandsBack() {
    Vip vip = needing(new Needs("a", List.of(), Optional.empty(), Optional.of("lo")));
    Reconciler one = reconcile(List.of(vip), Handover.WITHDRAW_FIRST);
    a.now(held(Long.MAX_VALUE, 0, "lock a"));
    one.pass();
    addresses.now(new BoundAddress("lo", vip.route().prefix()), Binding.State.FAILED);
    one.pass();
    one.pass();
    assertThat(log).containsExactly("release a");
    assertThat(a.isCandidate()).isFalse();
    ticker.advanceTo(in(Handovers.STAND_BACK.toNanos()));
    one.pass();
    assertThat(a.isCandidate()).isTrue();
  }

  @Test
  void aChangeOfPlanWithdrawsWhatIsGoneAndLeavesTheRest() {
    announceAll();
    reconciler.plan(new Plan(List.of(B), Map.of("b", new Contest(b, Handover.WITHDRAW_FIRST))));
    CompletableFuture<Void> released = reconciler.released(Set.of("a")).toCompletableFuture();
    reconciler.pass();
    assertThat(log).containsExactly("set [203.0.113.2/32]");
    assertThat(released).isDone();
    assertThat(reconciler.decisions()).hasSize(1);
  }

  @Test
  void theTimeFromTheCauseToTheSocketIsTold() {
    a.now(held(in(1000), ticker.nanos(), "lock a"));
    ticker.advanceTo(in(30));
    reconciler.pass();
    ticker.advanceTo(in(30));
    sink.completeAll();
    assertThat(handed)
        .containsExactlyInAnyOrder(
            "203.0.113.1/32 announced after 60", "2001:db8::1/128 announced after 60");
    handed.clear();
    ticker.advanceTo(in(945));
    reconciler.pass();
    ticker.advanceTo(in(2));
    sink.completeAll();
    assertThat(handed)
        .containsExactlyInAnyOrder(
            "203.0.113.1/32 withdrawn after 7", "2001:db8::1/128 withdrawn after 7");
  }

  @Test
  void whoReachesNoPeerLetsAnotherLeadAndStandsAgainWhenItDoes() {
    announceAll();
    reach = new Reach(Reach.State.DOWN, ticker.nanos());
    long over = in(Duration.ofSeconds(10).toNanos());
    a.now(held(Long.MAX_VALUE, 0, "lock a"));

    assertThat(reconciler.pass()).isEqualTo(over);
    assertThat(log).isEmpty();
    ticker.advanceTo(over);
    reconciler.pass();
    sink.completeAll();
    reconciler.pass();
    assertThat(log).containsExactlyInAnyOrder("set []", "release a", "release b");
    assertThat(log).startsWith("set []");
    assertThat(a.isCandidate()).isFalse();

    reach = new Reach(Reach.State.UP, ticker.nanos());
    reconciler.pass();
    assertThat(a.isCandidate()).isTrue();
  }
}
