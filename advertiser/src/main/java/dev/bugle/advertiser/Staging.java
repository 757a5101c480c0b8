package dev.bugle.advertiser;

import dev.bugle.advertiser.leadership.Handover;
import dev.bugle.advertiser.source.SourcedVip;
import dev.bugle.advertiser.source.SourcedVips;
import dev.bugle.advertiser.source.Verdict;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.advertiser.vip.Vip;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the part that one source has in the plan what it has stated last. On a thread of its own,
 * since electors are made and ended there, which others may have written.
 */
final class Staging {

  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  /** How long a leadership that is given up may take beyond its flush and its overlap. */
  private static final Duration MARGIN = Duration.ofSeconds(3);

  /** When something is tried again that could not be had. */
  private static final Duration RETRY = Duration.ofSeconds(10);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  /**
   * What is there for all sources.
   *
   * @param wake to be called when an input has changed
   * @param left is told the name of a source that has left something that others may want
   * @param registry where meters of sources go, if anywhere
   */
  record House(
      Roster roster,
      Reconciler reconciler,
      BinderSink addresses,
      Ticker ticker,
      Runnable wake,
      Consumer<String> left,
      Optional<MeterRegistry> registry) {}

  private final String source;
  private final House house;
  private final VerdictFeed feed;
  private final Seats seats;
  private final ScheduledThreadPoolExecutor thread;
  private final AtomicBoolean due = new AtomicBoolean();
  private volatile @Nullable SourcedVips stated;
  private volatile @Nullable Terms terms;
  private volatile Vetting.Outcome vetted = Vetting.Outcome.NONE;
  private volatile Duration patience = Handovers.FLUSH_LIMIT.plus(MARGIN);
  private volatile boolean leaving;
  private volatile boolean frozen;

  // Used on its thread.
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private CompletionStage<Void> reconciled = CompletableFuture.completedFuture(null);
  private Map<String, Long> awaited = Map.of();
  private Set<String> checks = Set.of();
  private boolean retrying;
  private Set<String> last = Set.of();

  /** Nothing is stated yet. */
  Staging(String source, House house, VerdictFeed feed) {
    this.source = source;
    this.house = house;
    this.feed = feed;
    this.seats = new Seats(house.ticker(), house.wake());
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, "bugle-staging-" + source);
              made.setDaemon(true);
              return made;
            },
            (task, full) -> {});
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** That is wanted from now on. At once, from any thread. */
  void state(SourcedVips wanted) {
    stated = wanted;
    if (due.compareAndSet(false, true)) {
      thread.execute(this::stage);
    }
  }

  /**
   * What it is held against from now on. Completes when a pass has seen what follows from that, and
   * all leaderships are released that were given up for it.
   */
  CompletionStage<Void> terms(Terms next) {
    terms = next;
    CompletableFuture<Void> settled = new CompletableFuture<>();
    thread.execute(
        () -> {
          waiting.add(settled);
          stage();
        });
    return settled;
  }

  /** The same anew, since another source has left something that this one may want. */
  void again() {
    if (!vetted.refused().isEmpty() && due.compareAndSet(false, true)) {
      thread.execute(this::stage);
    }
  }

  /** Until when a leadership that is given up must be released. */
  Duration patience() {
    return patience;
  }

  /** Nothing is wanted any more, since the source ends. */
  void leave() {
    leaving = true;
    if (stated != null) {
      state(SourcedVips.NONE);
    }
  }

  /** What has come of what was stated last. */
  Vetting.Outcome vetted() {
    return vetted;
  }

  /** Nothing changes any more, so that everything can be taken down. */
  void freeze() {
    frozen = true;
  }

  private void stage() {
    due.set(false); // Before it is read what is wanted.
    SourcedVips wanted = stated;
    Terms against = terms;
    if (frozen) {
      return;
    }
    try {
      if (wanted != null && against != null) {
        stage(wanted, against);
      }
    } catch (RuntimeException | Error e) {
      log.error(
          "source {}: what it has stated cannot be done, so its VIPs stay as before", source, e);
      retryLater();
    }
    settle();
  }

  private void stage(SourcedVips wanted, Terms against) {
    Vetting.Outcome outcome = bindable(house.roster().vet(source, wanted, against, seats.prizes()));
    Map<String, Seats.Lack> lacking = seats.fill(outcome.leaderships());
    List<SourcedVip> ready = new ArrayList<>();
    Map<String, Verdict> absent = new TreeMap<>();
    Map<String, String> refused = new HashMap<>(outcome.refused());
    Set<String> names = new HashSet<>();
    wanted.vips().forEach(one -> names.add(one.vip().name()));
    long now = house.ticker().nanos();
    for (SourcedVip sourced : outcome.vips()) {
      Vip vip = sourced.vip();
      Seats.Lack lack = lacking.get(vip.leadership());
      String local = SourceNames.local(vip.name());
      if (lack == null) {
        ready.add(sourced);
      } else if (lack.passes()) {
        absent.put(local, new Verdict(local, Verdict.State.WITHDRAWN, lack.reason(), now));
      } else {
        refused.put(local, lack.reason());
      }
    }
    refused.forEach(
        (local, why) -> absent.put(local, new Verdict(local, Verdict.State.REFUSED, why, now)));
    report(refused);
    vetted = new Vetting.Outcome(ready, refused, outcome.leaderships(), outcome.checks());
    feed.stated(new VerdictFeed.Statement(names, absent));
    reconciled =
        house
            .roster()
            .set(source, new Part(ready, seats.contests(), outcome.checks(), held(names)));
    pruneChecks(outcome.checks().keySet());
    awaitReleases();
    if (lacking.values().stream().anyMatch(lack -> !lack.passes())) {
      retryLater();
    }
  }

  /** What opens the ledger of addresses is done when a VIP first needs it. */
  private Vetting.Outcome bindable(Vetting.Outcome outcome) {
    List<Vip> vips = outcome.vips().stream().map(SourcedVip::vip).toList();
    try {
      house.addresses().openFor(vips);
      return outcome;
    } catch (IllegalStateException | UnsupportedOperationException refusal) {
      retryLater();
      List<SourcedVip> others = new ArrayList<>();
      Map<String, String> refused = new HashMap<>(outcome.refused());
      for (SourcedVip sourced : outcome.vips()) {
        if (sourced.vip().needs().boundTo().isPresent()) {
          refused.put(
              SourceNames.local(sourced.vip().name()), String.valueOf(refusal.getMessage()));
        } else {
          others.add(sourced);
        }
      }
      return new Vetting.Outcome(others, refused, outcome.leaderships(), outcome.checks());
    }
  }

  /** A VIP that comes back is still drained, also when it was away for a reload. */
  private Set<String> held(Set<String> stated) {
    Set<String> held = new HashSet<>();
    (leaving ? last : stated).forEach(name -> held.add(SourceNames.of(source, name)));
    last = Set.copyOf(leaving ? last : stated);
    return held;
  }

  private void report(Map<String, String> refused) {
    Map<String, String> before = vetted.refused();
    refused.forEach(
        (name, why) -> {
          if (!why.equals(before.get(name))) {
            log.warn("source {}: VIP {} is refused: {}", source, name, why);
          }
        });
  }

  private void pruneChecks(Set<String> now) {
    if (!now.containsAll(checks)) {
      reconciled.thenRun(() -> thread.execute(house.roster()::prune));
    }
    checks = Set.copyOf(now);
  }

  private void awaitReleases() {
    Map<String, Long> going = seats.going();
    if (going.isEmpty() || going.equals(awaited)) {
      awaited = going;
      return;
    }
    awaited = going;
    house.reconciler().released(going.keySet()).thenRun(() -> thread.execute(() -> retire(going)));
    patience =
        seats.contests().values().stream()
            .map(Contest::handover)
            .map(Handover::overlap)
            .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) >= 0 ? a : b)
            .plus(Handovers.FLUSH_LIMIT)
            .plus(MARGIN);
    thread.schedule(() -> retire(going), patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void retire(Map<String, Long> going) {
    if (!frozen && seats.retire(going)) {
      stage();
      house.left().accept(source);
    }
  }

  private void retryLater() {
    if (!retrying) {
      retrying = true;
      thread.schedule(this::retry, RETRY.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void retry() {
    retrying = false;
    stage();
  }

  private void settle() {
    if (seats.going().isEmpty() && !waiting.isEmpty()) {
      List<CompletableFuture<Void>> now = List.copyOf(waiting);
      waiting.clear();
      reconciled.thenRun(() -> now.forEach(one -> one.complete(null)));
    }
  }

  /** Ends its electors, and waits for that a bounded time. */
  void close() {
    frozen = true;
    thread.execute(seats::close);
    thread.shutdown();
  }

  /** Whether it has ended; waits for that a bounded time. */
  void awaitEnd() {
    try {
      if (!thread.awaitTermination(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
        log.warn("source {}: its electors do not end; they are left to themselves", source);
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
