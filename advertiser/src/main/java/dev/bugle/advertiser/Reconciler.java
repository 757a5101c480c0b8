package dev.bugle.advertiser;

import dev.bugle.advertiser.config.Vip;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.leadership.Leadership.State;
import dev.bugle.advertiser.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is announced equal to the {@link Intent}, pass by pass. A pass reads every input anew,
 * so that no notice can be missed, and never blocks. One thread at a time calls it.
 *
 * <p>Leadership that is over is released once the withdrawal is flushed, and until then it is left
 * out of the decision, whatever its elector says. An elector that throws is unknown, so not held.
 * Should a pass fail in any other way, everything is withdrawn, and the next pass begins afresh.
 */
final class Reconciler {

  /** How long to wait after a pass has failed. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

  private final List<Vip> vips;
  private final Map<String, Elector> electors;
  private final RouteSink sink;
  private final Ticker ticker;
  private final Releases releases;
  private final Journal journal = new Journal();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile Runnable wake = () -> {};
  private volatile boolean stopping;
  private volatile List<VipDecision> decisions = List.of();

  Reconciler(List<Vip> vips, Map<String, Elector> electors, RouteSink sink, Ticker ticker) {
    this.vips = List.copyOf(vips);
    this.electors = Map.copyOf(electors);
    this.sink = sink;
    this.ticker = ticker;
    this.releases = new Releases(this.electors);
  }

  /** What to call, from any thread, when a pass is due that is not due by time. */
  void onWake(Runnable whenDue) {
    wake = whenDue;
  }

  /** The outcome of the latest pass. */
  List<VipDecision> decisions() {
    return decisions;
  }

  /**
   * From the next pass on nothing is announced. The stage completes when all is withdrawn, flushed
   * and released.
   */
  CompletionStage<Void> stop() {
    stopping = true;
    wake.run();
    return stopped.minimalCompletionStage();
  }

  /** One pass. Returns when the next one is due, unless something wakes it before. */
  long pass() {
    try {
      releases.finish(ticker.nanos());
      Map<String, Leadership> leadership = snapshot();
      // Read after the snapshot: time can only make the decision stricter.
      long now = ticker.nanos();
      boolean stop = stopping;
      Intent intent = Intent.decide(vips, leadership, stop, now);
      sink.set(intent.routes());
      publish(leadership, intent.decisions());
      release(leadership, stop, now);
      if (stop && releases.isEmpty()) {
        stopped.complete(null);
      }
      return Math.min(intent.validUntil(), releases.nextDeadline());
    } catch (RuntimeException | Error e) {
      retreat(e);
      return ticker.nanos() + RETRY_AFTER.toNanos();
    }
  }

  private Map<String, Leadership> snapshot() {
    Map<String, Leadership> snapshot = new LinkedHashMap<>();
    electors.forEach(
        (name, elector) -> {
          try {
            snapshot.put(name, releases.pending(name).orElseGet(elector::leadership));
          } catch (RuntimeException e) {
            snapshot.put(name, Leadership.waiting(ticker.nanos(), "its elector failed: " + e));
          }
        });
    return snapshot;
  }

  private void release(Map<String, Leadership> leadership, boolean stop, long now) {
    leadership.forEach(
        (name, known) -> {
          boolean over = known.needsReleaseAt(now) || (stop && known.state() != State.WAITING);
          if (over && releases.pending(name).isEmpty()) {
            Leadership lost = Leadership.lost(now, known.reason());
            releases.begin(name, lost, flush(), now);
          }
        });
  }

  private CompletableFuture<Void> flush() {
    CompletableFuture<Void> flushed = sink.flush().toCompletableFuture();
    CompletableFuture<Void> unused = flushed.whenComplete((nothing, failure) -> wake.run());
    return flushed;
  }

  private void publish(Map<String, Leadership> leadership, List<VipDecision> decided) {
    decisions = decided;
    journal.write(leadership, decided);
  }

  private void retreat(Throwable failure) {
    log.error("reconciling failed, so everything is withdrawn; trying again soon", failure);
    try {
      sink.set(Set.of());
    } catch (RuntimeException | Error again) {
      log.error("withdrawing everything failed too", again);
    }
    publish(
        Map.of(),
        vips.stream()
            .map(vip -> new VipDecision(vip, false, "reconciling failed: " + failure))
            .toList());
  }
}
