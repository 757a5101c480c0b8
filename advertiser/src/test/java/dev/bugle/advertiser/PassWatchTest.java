package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reconciler whose thread hangs, look by look. */
@Timeout(60)
class PassWatchTest {

  private static final int LOOKS = 20;

  private final ManualTicker ticker = new ManualTicker();
  private final ReconcileLoop loop = new ReconcileLoop(ticker);
  private final AtomicInteger stuck = new AtomicInteger();
  private final PassWatch watch =
      new PassWatch(loop::isBehind, loop::steps, stuck::incrementAndGet);
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch freed = new CountDownLatch(1);
  private volatile boolean hangs;

  private Reconciler reconciler() {
    return reconciler(
        wanted -> {
          if (hangs) {
            hanging.countDown();
            awaitUninterruptibly(freed);
          }
          return Map.of();
        },
        () -> {});
  }

  private Reconciler reconciler(RouteSink sink, Runnable logged) {
    ScriptedElector elector = new ScriptedElector("a", new CopyOnWriteArrayList<>());
    elector.now(Leadership.held(ticker.nanos() + 1000, 0, "won"));
    Vip vip = new Vip(Route.to("203.0.113.1/32").build(), "a");
    return new Reconciler(
        new Plan(List.of(vip), Map.of("a", new Contest(elector, Handover.WITHDRAW_FIRST))),
        new Ports(
            Map::of, () -> new Reach(Reach.State.UP, 0), new Drains(), AddressSink.NONE, sink),
        new Journal(logged),
        ticker);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      watch.look();
    }
  }

  @Test
  void aPassThatDoesNotEndIsNoticed() throws Exception {
    hangs = true;
    try (loop) {
      loop.start(reconciler());
      hanging.await();
      look(LOOKS);
      assertThat(stuck).hasValue(0);
      look(1);
      assertThat(stuck).hasValue(1);
      freed.countDown();
    }
  }

  @Test
  void aThreadThatIsNotThereWhenItsTimeComesIsNoticed() {
    Reconciler reconciler = reconciler();
    long next = reconciler.pass();
    AtomicInteger asked = new AtomicInteger();
    PassWatch idle =
        new PassWatch(() -> asked.incrementAndGet() > 5, () -> 0, stuck::incrementAndGet);
    assertThat(next).isGreaterThan(ticker.nanos());
    for (int i = 0; i < LOOKS + 4; i++) {
      assertThat(idle.look()).isFalse();
    }
    assertThat(idle.look()).isTrue();
    assertThat(stuck).hasValue(1);
  }

  @Test
  void aLoopThatWaitsOrWorksIsLeftAlone() {
    try (loop) {
      loop.start(reconciler());
      watch.look(); // From now on a pass counts that is finished.
      Eventually.is(() -> !loop.isBehind(), () -> "the first pass");
      look(3 * LOOKS);
      assertThat(stuck).hasValue(0);
    }
  }

  @Test
  void aPassInBetweenStartsTheCountAnew() {
    AtomicInteger asked = new AtomicInteger();
    PassWatch busy =
        new PassWatch(() -> asked.incrementAndGet() % LOOKS != 0, () -> 0, stuck::incrementAndGet);
    for (int i = 0; i < 10 * LOOKS; i++) {
      assertThat(busy.look()).isFalse();
    }
    assertThat(stuck).hasValue(0);
  }

  /** As where a thousand VIPs are announced on a machine that has no time for it. */
  @Test
  void aPassThatGoesOnSlowlyIsLeftAloneForLongerButNotForEver() {
    AtomicInteger looks = new AtomicInteger();
    PassWatch slow =
        new PassWatch(() -> true, () -> looks.getAndIncrement() / 15, stuck::incrementAndGet);
    for (int i = 0; i < 5 * LOOKS - 1; i++) {
      assertThat(slow.look()).isFalse();
    }
    assertThat(slow.look()).isTrue();
    assertThat(stuck).hasValue(1);
  }

  @Test
  void whatGoesOnNoMoreHasAsMuchTimeAsWhatNeverDid() {
    AtomicInteger steps = new AtomicInteger();
    PassWatch halting = new PassWatch(() -> true, steps::get, stuck::incrementAndGet);
    for (int i = 0; i < 2 * LOOKS; i++) {
      steps.incrementAndGet();
      assertThat(halting.look()).isFalse();
    }
    for (int i = 0; i < LOOKS - 1; i++) {
      assertThat(halting.look()).isFalse();
    }
    assertThat(halting.look()).isTrue();
  }

  @Test
  void eachVipThatIsAnnouncedAndLoggedIsAStep() {
    AtomicInteger steps = new AtomicInteger();
    try (BgpSpeaker speaker = BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build())) {
      reconciler(new SpeakerSink(speaker, steps::incrementAndGet), () -> {}).pass();
      assertThat(steps).hasValue(1);
    }
    reconciler(wanted -> Map.of(), steps::incrementAndGet).pass();
    assertThat(steps).hasValue(2);
  }
}
