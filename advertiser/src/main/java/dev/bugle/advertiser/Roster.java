package dev.bugle.advertiser;

import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.health.HealthChecks;
import dev.bugle.advertiser.source.SourcedVip;
import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.source.Standing;
import dev.bugle.advertiser.vip.Drain;
import dev.bugle.advertiser.vip.Vip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Puts together what there is to announce: what the configuration says, and the part of each
 * source. Whoever changes one of them leaves the others as they are. From any thread; the monitor
 * is held for no longer than that takes.
 */
final class Roster {

  private final Reconciler reconciler;
  private final HealthChecks health;
  private final Drains drains;
  private final Map<String, Part> parts = new TreeMap<>();
  private final Map<String, Map<String, String>> claims = new HashMap<>();
  private Plan configured;
  private Map<String, HealthCheckConfig> configuredChecks;
  private Map<String, HealthCheckConfig> running;
  private volatile List<Vip> vips;

  /** The reconciler has that plan already, and these checks run. */
  Roster(
      Reconciler reconciler,
      HealthChecks health,
      Drains drains,
      Plan configured,
      Map<String, HealthCheckConfig> checks) {
    this.reconciler = reconciler;
    this.health = health;
    this.drains = drains;
    this.configured = configured;
    this.configuredChecks = checks;
    this.running = checks;
    this.vips = configured.vips();
  }

  /** All VIPs that there are. */
  List<Vip> vips() {
    return vips;
  }

  /** What the configuration says from now on. Completes when a pass has seen it. */
  synchronized CompletionStage<Void> configure(Plan plan) {
    configured = plan;
    return publish();
  }

  /** The checks of the configuration from now on. */
  synchronized void configure(Map<String, HealthCheckConfig> checks) {
    configuredChecks = checks;
    runChecks(wantedChecks());
  }

  /** What that source has from now on. Completes when a pass has seen it. */
  synchronized CompletionStage<Void> set(String source, Part part) {
    Set<String> gone = parts.getOrDefault(source, Part.EMPTY).names();
    gone.removeAll(part.names());
    drains.forget(gone);
    parts.put(source, part);
    Map<String, HealthCheckConfig> both = new HashMap<>(running);
    both.putAll(wantedChecks());
    runChecks(both); // Those that go are needed until the pass.
    return publish();
  }

  /** Ends the checks that nobody needs any more. */
  synchronized void prune() {
    runChecks(wantedChecks());
  }

  private Map<String, HealthCheckConfig> wantedChecks() {
    Map<String, HealthCheckConfig> wanted = new HashMap<>(configuredChecks);
    parts.values().forEach(part -> wanted.putAll(part.checks()));
    return wanted;
  }

  private void runChecks(Map<String, HealthCheckConfig> wanted) {
    if (!running.equals(wanted)) {
      running = Map.copyOf(wanted);
      health.update(running);
    }
  }

  /**
   * Vets what that source has stated, and gives it what its leaderships compete for. One after the
   * other, so that no two sources get the same.
   *
   * @param kept what those compete for that it has already, with their names
   */
  synchronized Vetting.Outcome vet(
      String source, SourcedVips stated, Terms terms, Map<String, String> kept) {
    Map<String, String> others = new HashMap<>();
    claims.forEach(
        (name, its) -> {
          if (!name.equals(source)) {
            others.putAll(its);
          }
        });
    Vetting.Outcome outcome = Vetting.of(source, stated, terms, others);
    Map<String, String> claim = new HashMap<>(kept);
    outcome
        .leaderships()
        .forEach((name, elector) -> elector.prize().ifPresent(prize -> claim.put(prize, name)));
    claims.put(source, claim);
    return outcome;
  }

  /** Nothing is left of that source. */
  synchronized void remove(String source) {
    parts.remove(source);
    claims.remove(source);
  }

  /** Nothing is left of that source but the memory of which of its VIPs were drained by name. */
  synchronized void vacate(String source) {
    Set<String> names = parts.getOrDefault(source, Part.EMPTY).names();
    parts.put(source, new Part(List.of(), Map.of(), Map.of(), names));
    claims.remove(source);
  }

  /** Forgets which VIPs were drained by name that are not there any more. */
  synchronized void forgetDrains() {
    Set<String> names = new HashSet<>();
    configured.vips().forEach(vip -> names.add(vip.name()));
    parts.values().forEach(part -> names.addAll(part.names()));
    drains.retain(names);
  }

  private CompletionStage<Void> publish() {
    List<Vip> all = new ArrayList<>(configured.vips());
    Map<String, Contest> contests = new HashMap<>(configured.contests());
    Map<String, Standing> standings = new HashMap<>();
    Map<String, Drain> drained = new HashMap<>();
    for (Part part : parts.values()) {
      for (SourcedVip sourced : part.vips()) {
        String name = sourced.vip().name();
        all.add(sourced.vip());
        standings.put(name, sourced.standing());
        sourced.drain().ifPresent(drain -> drained.put(name, drain));
      }
      contests.putAll(part.contests());
    }
    vips = List.copyOf(all);
    return reconciler.plan(new Plan(all, contests, standings, drained));
  }
}
