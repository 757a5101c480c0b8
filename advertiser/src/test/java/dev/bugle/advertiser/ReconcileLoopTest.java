package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real thread with the real clock. */
@Timeout(20)
class ReconcileLoopTest {

  /** A set of routes, and when it was set. */
  private record Change(Set<String> names, long nanos) {}

  private final Ticker ticker = Ticker.system();
  private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
  private final RouteSink sink =
      wanted -> {
        changes.add(new Change(wanted.keySet(), ticker.nanos()));
        return Map.of();
      };
  private final Vip vip = new Vip(Route.to("203.0.113.1/32").build(), "a");
  private final ScriptedElector elector = new ScriptedElector("a", new CopyOnWriteArrayList<>());
  private final Reconciler reconciler =
      new Reconciler(
          new Plan(List.of(vip), Map.of("a", new Contest(elector, Handover.WITHDRAW_FIRST))),
          new Ports(
              Map::of, () -> new Reach(Reach.State.UP, 0), new Drains(), AddressSink.NONE, sink),
          new Journal(() -> {}),
          ticker);

  @Test
  void itFencesByItselfWhenTheElectorNeverCallsBack() throws InterruptedException {
    elector.now(Leadership.held(Long.MAX_VALUE, 0, "won"));
    try (ReconcileLoop loop = new ReconcileLoop(ticker)) {
      loop.start(reconciler);
      assertThat(changes.poll(10, TimeUnit.SECONDS).names()).containsExactly(vip.name());

      long until = ticker.nanos() + Duration.ofMillis(200).toNanos();
      elector.now(Leadership.held(until, 0, "stuck"));
      loop.wake(); // The last that it hears of it.

      Change fenced = changes.poll(10, TimeUnit.SECONDS);
      while (!fenced.names().isEmpty()) {
        fenced = changes.poll(10, TimeUnit.SECONDS);
      }
      assertThat(fenced.nanos()).isGreaterThanOrEqualTo(until);
    }
  }

  @Test
  void itRunsAPassWhenItIsWoken() throws InterruptedException {
    try (ReconcileLoop loop = new ReconcileLoop(ticker)) {
      loop.start(reconciler);
      assertThat(changes.poll(10, TimeUnit.SECONDS).names()).isEmpty();

      elector.now(Leadership.held(Long.MAX_VALUE, 0, "won"));
      loop.wake();

      assertThat(changes.poll(10, TimeUnit.SECONDS).names()).containsExactly(vip.name());
    }
  }
}
