package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.addresses.BoundAddress;
import dev.bugle.advertiser.health.Health;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.time.ManualTicker;
import dev.bugle.advertiser.vip.Degradation;
import dev.bugle.advertiser.vip.Drain;
import dev.bugle.advertiser.vip.Needs;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.advertiser.vip.VipAudience;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.rib.RouteChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of all inputs in virtual time, and what must hold in every one of them. Passes
 * come when they are due, and whenever something has changed, as the loop sees to it.
 */
class ReconcilerModelTest {

  private static final int STEPS = 20_000;
  private static final Duration OVERLAP = Duration.ofMillis(700);

  private static final DecisionListener SILENT =
      new DecisionListener() {
        @Override
        public void decided(Map<String, Leadership> leadership, List<VipDecision> decisions) {}

        @Override
        public void handed(VipDecision decision, long nanos) {}
      };

  private final ManualTicker ticker = new ManualTicker();
  private final Map<String, Health> health = new HashMap<>();
  private final Drains drains = new Drains();
  private Reach reach = new Reach(Reach.State.UP, 0);
  private final Addresses addresses = new Addresses();
  private final Routes routes = new Routes();
  private final Map<String, Lease> leases = new LinkedHashMap<>();
  private final List<Vip> vips = new ArrayList<>();

  /** An elector that keeps to its contract, and of which the test knows the truth. */
  private final class Lease implements Elector {
    private final String name;
    private final Handover handover;
    private Leadership known = Leadership.waiting(0, "at first");
    private boolean candidate;
    private long overlapUntil = Long.MIN_VALUE;

    Lease(String name, Handover handover) {
      this.name = name;
      this.handover = handover;
    }

    @Override
    public void stand(boolean whether) {
      candidate = whether;
    }

    @Override
    public void start(Runnable changed) {}

    @Override
    public Leadership leadership() {
      return known;
    }

    /** Whether routes under it may stand at that moment. */
    boolean protects(long now) {
      return known.isHeldAt(now) || now < overlapUntil;
    }

    @Override
    public void release() {
      boolean overlaps =
          handover.order() == Handover.Order.OVERLAP && known.isHeldAt(ticker.nanos());
      if (overlaps) {
        overlapUntil = ticker.nanos() + OVERLAP.toNanos();
      } else {
        assertThat(routes.standing(name)).as("routes under %s at its release", name).isEmpty();
      }
      known = Leadership.waiting(ticker.nanos(), "released");
    }

    @Override
    public void close() {}
  }

  /** What the peers are told; a change is theirs once it is handed over, late or never. */
  private final class Routes implements RouteSink {
    private Map<String, Advertisement> wanted = Map.of();
    private final Map<String, CompletableFuture<Void>> withdrawing = new HashMap<>();
    private final List<CompletableFuture<Void>> open = new ArrayList<>();

    @Override
    public Map<String, CompletionStage<Void>> set(Map<String, Advertisement> next) {
      Map<String, CompletionStage<Void>> changed = new HashMap<>();
      Set<String> names = new HashSet<>(wanted.keySet());
      names.addAll(next.keySet());
      for (String name : names) {
        if (!Objects.equals(wanted.get(name), next.get(name))) {
          CompletableFuture<Void> stage = new CompletableFuture<>();
          open.add(stage);
          changed.put(name, stage);
          if (next.containsKey(name)) {
            withdrawing.remove(name);
          } else {
            withdrawing.put(name, stage);
          }
        }
      }
      wanted = Map.copyOf(next);
      return changed;
    }

    /** Names under that leadership that a peer which reads may still have. */
    Set<String> standing(String leadership) {
      Set<String> standing = new HashSet<>();
      for (Vip vip : vips) {
        CompletableFuture<Void> withdrawal = withdrawing.get(vip.name());
        boolean isLate = withdrawal != null && !withdrawal.isDone() && !routesAreStuck;
        if (vip.leadership().equals(leadership) && (wanted.containsKey(vip.name()) || isLate)) {
          standing.add(vip.name());
        }
      }
      return standing;
    }

    void handOver() {
      open.forEach(stage -> stage.complete(null));
      open.clear();
    }
  }

  /** Whether a peer has not read for longer than a release waits. */
  private boolean routesAreStuck;

  private final class Addresses implements AddressSink {
    private final Map<BoundAddress, Binding> known = new HashMap<>();

    @Override
    public void set(Set<BoundAddress> wanted) {
      known.keySet().retainAll(wanted);
      wanted.forEach(
          one ->
              known.putIfAbsent(one, new Binding(Binding.State.ABSENT, ticker.nanos(), "wanted")));
    }

    @Override
    public Map<BoundAddress, Binding> bindings() {
      return Map.copyOf(known);
    }
  }

  private void vip(
      String name, String leadership, boolean checked, boolean degrades, boolean bound) {
    Optional<Degradation> worse =
        degrades
            ? Optional.of(
                new Degradation(List.of(RouteChange.med(500)), Optional.of(Duration.ofMillis(900))))
            : Optional.empty();
    vips.add(
        new Vip(
            name,
            Route.to("203.0.113." + vips.size() + "/32").build(),
            VipAudience.ALL,
            new Needs(
                leadership,
                checked ? List.of("check") : List.of(),
                worse,
                bound ? Optional.of("lo") : Optional.empty()),
            Duration.ofMillis(400)));
  }

  private Reconciler reconciler() {
    leases.put("a", new Lease("a", Handover.WITHDRAW_FIRST));
    leases.put("b", new Lease("b", Handover.overlapping(OVERLAP)));
    for (String leadership : leases.keySet()) {
      vip("plain-" + leadership, leadership, false, false, false);
      vip("checked-" + leadership, leadership, true, false, false);
      vip("degrading-" + leadership, leadership, true, true, false);
      vip("bound-" + leadership, leadership, true, false, true);
    }
    Map<String, Contest> contests = new HashMap<>();
    leases.forEach((name, lease) -> contests.put(name, new Contest(lease, lease.handover)));
    return new Reconciler(
        new Plan(vips, contests),
        new Ports(() -> Map.copyOf(health), () -> reach, drains, addresses, routes),
        SILENT,
        ticker);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverHappensNothingStandsWithoutWhatItNeeds(long seed) {
    Random random = new Random(seed);
    Reconciler reconciler = reconciler();
    int announcements = 0;
    for (int step = 0; step < STEPS; step++) {
      long due = reconciler.pass();
      announcements += routes.wanted.isEmpty() ? 0 : 1;
      check(seed, step);
      long later = ticker.nanos() + (long) (random.nextDouble() * 300_000_000);
      if (due <= later) {
        ticker.advanceTo(Math.max(due, ticker.nanos()));
        continue;
      }
      ticker.advanceTo(later);
      routesAreStuck = false;
      happen(random);
    }
    assertThat(announcements).as("seed %d: passes with routes", seed).isGreaterThan(STEPS / 10);
    drains.drainAll(Drains.Source.STOP, new Drain(ticker.nanos(), "stopping"));
    CompletableFuture<Void> retired = reconciler.retired().toCompletableFuture();
    for (int i = 0; i < 50 && !retired.isDone(); i++) {
      long due = reconciler.pass();
      check(seed, STEPS + i);
      routes.handOver();
      ticker.advanceTo(Math.min(Math.max(due, ticker.nanos()), ticker.nanos() + 100_000_000));
    }
    assertThat(retired).as("seed %d", seed).isDone();
    assertThat(routes.wanted).isEmpty();
    assertThat(leases.values()).noneMatch(lease -> lease.candidate);
  }

  private void happen(Random random) {
    long now = ticker.nanos();
    Lease lease = leases.get(random.nextBoolean() ? "a" : "b");
    long until = now + (long) (random.nextDouble() * 2_000_000_000);
    switch (random.nextInt(15)) {
      case 0, 1, 2 -> {
        if (lease.candidate && lease.known.state() == Leadership.State.WAITING) {
          lease.known = Leadership.held(until, now, "won");
        } else if (lease.known.isHeldAt(now)) {
          lease.known = new Leadership(lease.known.state(), until, lease.known.since(), "renewed");
        }
      }
      case 3 -> {
        if (lease.known.isHeldAt(now)) {
          lease.known = Leadership.lost(now, "lost");
        }
      }
      case 4 -> {
        if (lease.known.isHeldAt(now)) {
          lease.known = Leadership.yielding(lease.known.heldUntil(), now, "another is preferred");
        }
      }
      case 5, 6, 7 -> health.put("check", Health.up(until, now, "fine"));
      case 8 -> health.put("check", Health.down(now, "broken"));
      case 9 -> health.remove("check");
      case 10 -> drains.drain(vips.get(random.nextInt(vips.size())), new Drain(now, "drained"));
      case 11 -> drains.undrainEverything();
      case 12 -> routes.handOver();
      case 13 -> reach = new Reach(random.nextInt(4) > 0 ? Reach.State.UP : Reach.State.DOWN, now);
      default ->
          addresses.known.replaceAll(
              (address, old) ->
                  new Binding(
                      random.nextInt(4) > 0 ? Binding.State.BOUND : Binding.State.FAILED,
                      now,
                      "so"));
    }
    if (random.nextInt(3) > 0) {
      routes.handOver();
    } else if (random.nextInt(1000) == 0) {
      ticker.advance(Handovers.FLUSH_LIMIT);
      routesAreStuck = true;
    }
  }

  /** After a pass, at its moment. */
  private void check(long seed, int step) {
    long now = ticker.nanos();
    Map<String, Drain> drained = drains.of(vips, Map.of());
    for (Vip vip : vips) {
      String what = "seed " + seed + ", step " + step + ": " + vip.name();
      if (!routes.wanted.containsKey(vip.name())) {
        continue;
      }
      assertThat(leases.get(vip.leadership()).protects(now)).as(what + " is led").isTrue();
      Health check = health.getOrDefault("check", Health.unknown(now, "not there"));
      if (!vip.needs().health().isEmpty() && !check.isUpAt(now)) {
        assertThat(vip.needs().whenUnhealthy()).as(what + " is healthy").isPresent();
        assertThat(check.state()).as(what).isEqualTo(Health.State.DOWN);
        assertThat(now).as(what).isLessThan(check.since() + 900_000_000);
      }
      Drain drain = drained.get(vip.name());
      if (drain != null) {
        assertThat(now).as(what + " is drained").isLessThan(drain.since() + 400_000_000);
        assertThat(routes.wanted.get(vip.name()).policy().toString())
            .as(what)
            .contains("graceful-shutdown");
      }
      Factors.address(vip)
          .ifPresent(
              address ->
                  assertThat(addresses.known)
                      .as(what)
                      .hasEntrySatisfying(address, one -> assertThat(one.isBound()).isTrue()));
    }
  }
}
