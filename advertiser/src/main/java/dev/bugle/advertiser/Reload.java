package dev.bugle.advertiser;

import dev.bugle.advertiser.ReloadReport.Kind;
import dev.bugle.advertiser.config.AdminConfig;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.ReadyWhen;
import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.vip.Needs;
import dev.bugle.advertiser.vip.Vip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes an advertiser that runs do what another configuration says. First all of it is tried beside
 * what runs; when anything is refused, nothing was changed. Then, in this order:
 *
 * <ol>
 *   <li>what ends of the VIPs and leaderships ends: withdrawn, flushed, released;
 *   <li>the peers become what they are to be, so that no new route goes to whom it is not for;
 *   <li>what is new or otherwise of the VIPs is announced, when it may be.
 * </ol>
 *
 * <p>The reconciler goes on all the while: a plan is handed to it, and nothing that it needs is
 * held. One thread at a time.
 */
final class Reload {

  /** How long a pass may take on a busy machine. */
  private static final Duration PASS_LIMIT = Duration.ofSeconds(2);

  private final Running running;
  private final AdvertiserConfig before;
  private final AdvertiserConfig next;
  private final Map<String, ElectorConfig> configsBefore;
  private final Changes changes = new Changes();

  Reload(Running running, AdvertiserConfig before, AdvertiserConfig next) {
    this.running = running;
    this.before = before;
    this.next = next;
    this.configsBefore = running.electorate().configs();
  }

  /**
   * Does it.
   *
   * @throws ReloadRefusedException with everything that is in the way; then nothing was changed
   * @throws IllegalStateException when the advertiser stops meanwhile
   */
  ReloadReport run() {
    List<String> refusals = new ArrayList<>(Lasting.refusals(before, next, isBinding()));
    Optional<Succession> succession = prepare(refusals);
    Optional<Sources.Draft> sources = prepareSources(refusals);
    Optional<Neighbors.Draft> draft = running.neighbors().draft(next, refusals);
    if (refusals.isEmpty()) {
      openAddresses(refusals); // The last of them: it takes over from a process before.
    }
    if (!refusals.isEmpty()) {
      succession.ifPresent(Succession::cancel);
      sources.ifPresent(running.sources()::cancel);
      draft.ifPresent(running.neighbors()::cancel);
      throw new ReloadRefusedException(refusals);
    }
    try {
      apply(succession.orElseThrow(), sources.orElseThrow(), draft.orElseThrow());
    } catch (StoppedException stopped) {
      running.sources().cancel(sources.orElseThrow());
      running.neighbors().cancel(draft.orElseThrow());
      throw new IllegalStateException("the program stops; the reload was given up");
    }
    return changes.report();
  }

  private boolean isBinding() {
    return running.addresses().isOpen();
  }

  private Optional<Succession> prepare(List<String> refusals) {
    try {
      return Optional.of(running.electorate().prepare(next, running::wake));
    } catch (IllegalArgumentException | IllegalStateException refused) {
      refusals.add(String.valueOf(refused.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Sources.Draft> prepareSources(List<String> refusals) {
    try {
      return Optional.of(running.sources().prepare(next));
    } catch (IllegalStateException refused) {
      refusals.add(String.valueOf(refused.getMessage()));
      return Optional.empty();
    }
  }

  private void openAddresses(List<String> refusals) {
    try {
      running.addresses().ledger(next.host().addressLedger());
      running.addresses().openFor(next.vips());
    } catch (IllegalStateException | UnsupportedOperationException refused) {
      refusals.add(String.valueOf(refused.getMessage()));
    }
  }

  private void apply(Succession succession, Sources.Draft sources, Neighbors.Draft draft) {
    running.roster().configure(checksOfBoth()); // Those that go are needed until the last plan.
    running.maintenance().watch(next.host().maintenanceFile());
    retreat(succession, sources);
    running.electorate().complete(succession);
    running.neighbors().apply(draft, running.stages(), changes);
    running.sources().forget(sources);
    hand("announcing", new Plan(next.vips(), succession.successors()));
    running.sources().advance(sources, Terms.of(next, succession.successors().keySet()));
    running.roster().configure(next.host().health());
    running.roster().forgetDrains();
    report(succession);
  }

  private Map<String, HealthCheckConfig> checksOfBoth() {
    Map<String, HealthCheckConfig> checks = new HashMap<>(before.host().health());
    checks.putAll(next.host().health());
    return checks;
  }

  /** Ends what ends, in the order of every handover. */
  private void retreat(Succession succession, Sources.Draft sources) {
    Plan interim = new Plan(remaining(succession.usable()), succession.interim());
    CompletionStage<Void> sourced =
        running.sources().retreat(sources, Terms.of(next, succession.usable()));
    if (!interim.equals(new Plan(before.vips(), running.electorate().contests()))) {
      running.electorate().interim(succession);
      hand("withdrawing", interim);
    }
    running
        .stages()
        .await("withdrawing VIPs of sources", sourced, running.sources().patience(sources));
    Set<String> going = succession.going().keySet();
    if (!going.isEmpty()) {
      running
          .stages()
          .await(
              "releasing the leaderships " + going,
              running.reconciler().released(going),
              succession.patience());
    }
    if (running.stages().isCutShort()) {
      succession.cancel(running.electorate().contests().keySet());
      throw new StoppedException();
    }
  }

  /** What is announced before and after, as before, while it has the leadership that it takes. */
  private List<Vip> remaining(Set<String> usable) {
    Map<String, Vip> after = new HashMap<>();
    next.vips().forEach(vip -> after.put(vip.name(), vip));
    return before.vips().stream()
        .flatMap(
            vip ->
                Optional.ofNullable(after.get(vip.name()))
                    .map(Vip::leadership)
                    .filter(usable::contains)
                    .map(leadership -> with(vip, leadership))
                    .stream())
        .toList();
  }

  private static Vip with(Vip vip, String leadership) {
    Needs needs = vip.needs();
    return new Vip(
        vip.name(),
        vip.route(),
        vip.audience(),
        new Needs(leadership, needs.health(), needs.whenUnhealthy(), needs.boundTo()),
        vip.drainTime());
  }

  private void hand(String what, Plan plan) {
    running.stages().await(what, running.roster().configure(plan), PASS_LIMIT);
  }

  private void report(Succession succession) {
    changes.compare("vips", byName(before.vips()), byName(next.vips()), Reload::difference);
    changes.compare(
        "health",
        before.host().health(),
        next.host().health(),
        (old, now) ->
            old.probe().equals(now.probe())
                ? "its state stays"
                : "it begins anew, unknown at first");
    changes.compare(
        "leadership",
        configsBefore,
        succession.configs(),
        (old, now) -> "it was released, and is competed for anew");
    changes.compare(
        "sources",
        before.sources(),
        next.sources(),
        (old, now) -> "its VIPs were withdrawn, and it begins anew");
    if (!before.host().maintenanceFile().equals(next.host().maintenanceFile())) {
      changes.add("drain", "maintenance-file", Kind.CHANGED, "");
    }
    if (!readyWhen(before).equals(readyWhen(next))) {
      changes.add("admin", "ready-when", Kind.CHANGED, "");
    }
    if (!before.onStop().text().equals(next.onStop().text())) {
      changes.add("speaker", "shutdown-message", Kind.CHANGED, "");
    }
    if (before.onStop().forRestart() != next.onStop().forRestart()) {
      changes.add("speaker", "on-stop", Kind.CHANGED, "");
    }
  }

  private static Optional<ReadyWhen> readyWhen(AdvertiserConfig config) {
    return config.host().admin().map(AdminConfig::readyWhen);
  }

  private static Map<String, Vip> byName(List<Vip> vips) {
    Map<String, Vip> names = new LinkedHashMap<>();
    vips.forEach(vip -> names.put(vip.name(), vip));
    return names;
  }

  private static String difference(Vip old, Vip now) {
    return Stream.of(
            old.route().equals(now.route()) ? "" : "its route",
            old.audience().equals(now.audience()) ? "" : "its peers",
            old.needs().equals(now.needs()) ? "" : "what it needs",
            old.drainTime().equals(now.drainTime()) ? "" : "its drain time")
        .filter(one -> !one.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** The advertiser stops, and does the rest. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
