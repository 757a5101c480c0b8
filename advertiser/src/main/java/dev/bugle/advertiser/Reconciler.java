package dev.bugle.advertiser;

import dev.bugle.advertiser.Factor.Effect;
import dev.bugle.advertiser.Factor.Kind;
import dev.bugle.advertiser.addresses.BoundAddress;
import dev.bugle.advertiser.health.Health;
import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.leadership.Leadership.State;
import dev.bugle.advertiser.time.Ticker;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is announced equal to the {@link Intent}, pass by pass. A pass reads every input anew,
 * so that no notice can be missed, and never blocks. One thread at a time calls it.
 *
 * <p>Leadership that is over, or of no use, is released once the withdrawal is flushed, and until
 * then it is left out of the decision, whatever its elector says ({@link Handovers}). An elector
 * that throws is unknown, so not held; likewise whatever else cannot be read. Should a pass fail in
 * any other way, everything is withdrawn, and the next pass begins afresh.
 */
final class Reconciler {

  /** How long to wait after a pass has failed. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

  private record Waiter(Predicate<Outcome> condition, CompletableFuture<Void> stage) {}

  /** A plan, and how many there were before it. */
  private record Edition(Plan plan, long number) {}

  /** What a pass has come to. */
  private record Outcome(
      long edition,
      Map<String, Leadership> leadership,
      boolean configuredAnnounced,
      boolean allWithdrawn) {}

  private final Ports ports;
  private final DecisionListener listener;
  private final Ticker ticker;
  private final Handovers handovers = new Handovers();
  private final Outstanding outstanding;
  private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();
  private volatile Edition edition;
  private volatile Runnable wake = () -> {};
  private volatile List<VipDecision> decisions = List.of();
  private volatile Map<String, Leadership> leaderships = Map.of();

  Reconciler(Plan plan, Ports ports, DecisionListener listener, Ticker ticker) {
    this.edition = new Edition(plan, 0);
    this.ports = ports;
    this.listener = listener;
    this.ticker = ticker;
    this.outstanding = new Outstanding(listener, ticker, () -> wake.run());
  }

  /** What to call, from any thread, when a pass is due that is not due by time. */
  void onWake(Runnable whenDue) {
    wake = whenDue;
  }

  /**
   * From the next pass on that is to be reconciled. Completes when a pass has done so, with it or
   * with one that came later.
   */
  CompletionStage<Void> plan(Plan changed) {
    Edition next;
    synchronized (this) {
      next = new Edition(changed, edition.number() + 1);
      edition = next;
    }
    return when(outcome -> outcome.edition() >= next.number());
  }

  /** The leaderships that are reconciled by now. */
  Map<String, Contest> contests() {
    return edition.plan().contests();
  }

  /** The outcome of the latest pass. */
  List<VipDecision> decisions() {
    return decisions;
  }

  /** What the electors knew at the latest pass. */
  Map<String, Leadership> leaderships() {
    return leaderships;
  }

  /**
   * Completes when a pass with the latest plan finds that none of these leaderships is held or
   * being given up.
   */
  CompletionStage<Void> released(Set<String> names) {
    long latest = edition.number();
    return when(
        outcome ->
            outcome.edition() >= latest
                && names.stream()
                    .map(outcome.leadership()::get)
                    .allMatch(known -> known == null || known.state() == State.WAITING));
  }

  /** Completes when a pass finds that every VIP of the configuration is announced. */
  CompletionStage<Void> announced() {
    return when(Outcome::configuredAnnounced);
  }

  /** Completes when a pass finds that everything is withdrawn, handed over and released. */
  CompletionStage<Void> retired() {
    return when(
        outcome ->
            outcome.allWithdrawn()
                && outcome.leadership().values().stream()
                    .allMatch(known -> known.state() == State.WAITING));
  }

  private CompletionStage<Void> when(Predicate<Outcome> condition) {
    Waiter waiter = new Waiter(condition, new CompletableFuture<>());
    waiters.add(waiter);
    wake.run();
    return waiter.stage().minimalCompletionStage();
  }

  /** One pass. Returns when the next one is due, unless something wakes it before. */
  long pass() {
    try {
      return pass(edition);
    } catch (RuntimeException | Error e) {
      retreat(e);
      return ticker.nanos() + RETRY_AFTER.toNanos();
    }
  }

  private long pass(Edition latest) {
    Plan current = latest.plan();
    handovers.finish(ticker.nanos());
    Map<String, Leadership> leadership = leadership(current);
    Inputs inputs =
        new Inputs(
            leadership,
            ports.reach().get(),
            current.patience(),
            health(),
            ports.addresses().bindings(),
            ports.drains().of(current.vips(), current.drains()),
            current.standings());
    // Read after the inputs: time can only make the decision stricter.
    long now = ticker.nanos();
    outstanding.prune(now);
    Intent intent = Intent.decide(current.vips(), inputs, now);
    outstanding.add(intent.decisions(), ports.routes().set(intent.advertisements()), now);
    Set<BoundAddress> addresses = new HashSet<>(intent.addresses());
    addresses.addAll(outstanding.addresses());
    ports.addresses().set(addresses);
    lead(current, intent, leadership, now);
    publish(latest, leadership, intent.decisions());
    return Math.min(
        intent.validUntil(), Math.min(handovers.nextDeadline(), outstanding.nextDeadline()));
  }

  private Map<String, Leadership> leadership(Plan current) {
    Map<String, Leadership> snapshot = new LinkedHashMap<>();
    current
        .contests()
        .forEach(
            (name, contest) -> {
              try {
                snapshot.put(name, handovers.standIn(name).orElseGet(() -> known(contest)));
              } catch (RuntimeException e) {
                snapshot.put(name, Leadership.waiting(ticker.nanos(), "its elector failed: " + e));
              }
            });
    return snapshot;
  }

  /** Without an overlap, what is to be handed over counts as over: it is withdrawn first. */
  private static Leadership known(Contest contest) {
    Leadership known = contest.elector().leadership();
    return known.isYielding() && contest.handover().order() == Handover.Order.WITHDRAW_FIRST
        ? Leadership.lost(known.since(), known.reason())
        : known;
  }

  private Map<String, Health> health() {
    try {
      return ports.health().get();
    } catch (RuntimeException e) {
      log.error("health is unknown, since it cannot be read", e);
      return Map.of();
    }
  }

  /** Competes for what is of use, and gives up what is not, or what is over. */
  private void lead(Plan current, Intent intent, Map<String, Leadership> leadership, long now) {
    current
        .contests()
        .forEach(
            (name, contest) -> {
              boolean candidate = intent.candidates().contains(name);
              Leadership known = leadership.get(name);
              boolean overlaps = contest.handover().order() == Handover.Order.OVERLAP;
              boolean useful = overlaps ? candidate : intent.kept().contains(name);
              if (known != null && known.state() != State.WAITING && !handovers.isPending(name)) {
                if (overlaps && known.isHeldAt(now) && (known.isYielding() || !useful)) {
                  contest.elector().stand(false);
                  handovers.overlap(name, contest, known, now);
                  wake.run();
                } else if (known.needsReleaseAt(now) || !useful) {
                  if (candidate && !intent.kept().contains(name)) {
                    handovers.standBack(name, now);
                  }
                  handovers.begin(name, contest, known, flushed(name), now);
                }
              }
              if (handovers.overlaps(name)
                  && intent.withdraws(name)
                  && handovers.endOverlap(name)) {
                wake.run();
              }
              contest.elector().stand(candidate && handovers.mayStand(name, now));
            });
  }

  private CompletableFuture<Void> flushed(String leadership) {
    CompletableFuture<Void> flushed = outstanding.handed(leadership);
    CompletableFuture<Void> unused = flushed.whenComplete((nothing, failure) -> wake.run());
    return flushed;
  }

  private void publish(
      Edition latest, Map<String, Leadership> leadership, List<VipDecision> decided) {
    decisions = decided;
    leaderships = leadership;
    listener.decided(leadership, decided);
    boolean allWithdrawn =
        decided.stream().noneMatch(VipDecision::announced)
            && outstanding.isEmpty()
            && handovers.isEmpty();
    boolean configuredAnnounced =
        decided.stream()
            .allMatch(one -> one.announced() || latest.plan().isSourced(one.vip().name()));
    Outcome outcome = new Outcome(latest.number(), leadership, configuredAnnounced, allWithdrawn);
    waiters.removeIf(waiter -> waiter.condition().test(outcome) && waiter.stage().complete(null));
  }

  private void retreat(Throwable failure) {
    log.error("reconciling failed, so everything is withdrawn; trying again soon", failure);
    long now = ticker.nanos();
    Factor why =
        new Factor(
            Kind.RECONCILER,
            "",
            Effect.FORBIDS,
            "failed",
            now,
            Long.MAX_VALUE,
            "reconciling failed: " + failure);
    List<VipDecision> decided =
        edition.plan().vips().stream().map(vip -> VipDecision.of(vip, List.of(why))).toList();
    try {
      outstanding.add(decided, ports.routes().set(Map.of()), now);
    } catch (RuntimeException | Error again) {
      log.error("withdrawing everything failed too", again);
    }
    decisions = decided;
    listener.decided(Map.of(), decided);
  }
}
