package dev.bugle.advertiser;

import static dev.bugle.advertiser.leadership.Leadership.held;
import static dev.bugle.advertiser.leadership.Leadership.lost;
import static dev.bugle.advertiser.leadership.Leadership.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.Vip;
import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.bgp.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private final Reconciler reconciler =
      new Reconciler(List.of(A, A2, B), Map.of("a", a, "b", b), sink, ticker);

  private long in(long nanos) {
    return ticker.nanos() + nanos;
  }

  private void announceAll() {
    a.now(held(in(1000), 0, "lock a"));
    b.now(held(Long.MAX_VALUE, 0, "always"));
    reconciler.pass();
    assertThat(log).containsExactly("set [2001:db8::1/128, 203.0.113.1/32, 203.0.113.2/32]");
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

    assertThat(log).containsExactly("set [203.0.113.2/32]", "flush");
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
    assertThat(log).containsExactly("set [203.0.113.2/32]", "flush");
    sink.completeFlushes();
    reconciler.pass();

    assertThat(log).containsExactly("set [203.0.113.2/32]", "flush", "release a");
    assertThat(reconciler.pass()).isEqualTo(Long.MAX_VALUE);
    assertThat(log).hasSize(3);
  }

  @Test
  void theFlushWakesTheReconciler() {
    AtomicInteger woken = new AtomicInteger();
    reconciler.onWake(woken::incrementAndGet);
    announceAll();
    a.now(lost(ticker.nanos(), "file removed"));
    reconciler.pass();

    sink.completeFlushes();

    assertThat(woken).hasValue(1);
  }

  @Test
  void anElectorThatRecoversBeforeItsReleaseIsNotBelieved() {
    announceAll();
    ticker.advanceTo(in(1000));
    reconciler.pass();

    a.now(held(in(1000), 0, "late renewal"));
    reconciler.pass();
    assertThat(log).containsExactly("set [203.0.113.2/32]", "flush");
    sink.completeFlushes();
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
    long limit = in(Releases.FLUSH_LIMIT.toNanos());
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

    assertThat(log).containsExactly("set [203.0.113.2/32]", "flush", "set []", "flush");
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

    assertThat(log).containsExactly("set [203.0.113.2/32]", "flush");
  }

  @Test
  void stoppingWithdrawsFlushesReleasesAndThenSaysSo() {
    announceAll();
    CompletableFuture<Void> stopped = reconciler.stop().toCompletableFuture();
    reconciler.pass();
    assertThat(log).containsExactly("set []", "flush", "flush");
    assertThat(stopped).isNotDone();

    sink.completeFlushes();
    reconciler.pass();

    assertThat(log).endsWith("release a", "release b").hasSize(5);
    assertThat(stopped).isDone();
    a.now(held(in(1000), 0, "again"));
    reconciler.pass();
    assertThat(log).doesNotContain("set [203.0.113.1/32]");
  }

  @Test
  void stoppingWithoutLeadershipIsDoneAtOnce() {
    CompletableFuture<Void> stopped = reconciler.stop().toCompletableFuture();
    reconciler.pass();
    assertThat(stopped).isDone();
  }

  @Test
  void whatWasLostBeforeItWasEverSeenIsReleasedToo() {
    a.now(lost(ticker.nanos(), "file removed"));
    b.now(waiting(0, "held by process 1"));
    reconciler.pass();
    sink.completeFlushes();
    reconciler.pass();
    assertThat(log).containsExactly("flush", "release a");
  }
}
