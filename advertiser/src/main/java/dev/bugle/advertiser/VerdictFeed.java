package dev.bugle.advertiser;

import dev.bugle.advertiser.source.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Finds what has become of the VIPs of one source, and tells it whoever wants to know, on the
 * source's own thread. Who is slow gets the latest of each VIP, and delays nobody.
 */
final class VerdictFeed {

  /**
   * What the source has stated last.
   *
   * @param names of all its VIPs, as it calls them
   * @param absent why some of them are in no plan, likewise
   */
  record Statement(Set<String> names, Map<String, Verdict> absent) {
    static final Statement NONE = new Statement(Set.of(), Map.of());

    /** Copies the collections. */
    Statement {
      names = Set.copyOf(names);
      absent = new TreeMap<>(absent); // in an order that stays
    }
  }

  /** What makes a verdict another one; its reason may be worded otherwise at any time. */
  private record Ground(
      Verdict.State state, Factor.Kind kind, String name, String value, Factor.Effect effect) {}

  /** One who listens. Under the monitor of the feed. */
  private static final class Ear {
    private final Consumer<List<Verdict>> listener;
    private final Map<String, Verdict> untold = new LinkedHashMap<>();
    private final Set<String> told = new HashSet<>();
    private boolean scheduled;

    Ear(Consumer<List<Verdict>> listener) {
      this.listener = listener;
    }
  }

  private final Executor thread;
  private final Consumer<RuntimeException> failed;
  private final List<Ear> ears = new ArrayList<>();
  private final Map<String, Verdict> latest = new LinkedHashMap<>();
  private final Map<String, Ground> grounds = new HashMap<>(); // by the thread of the passes
  private volatile Statement statement = Statement.NONE;

  /**
   * Nothing yet.
   *
   * @param thread that listeners are called on
   * @param failed is told what a listener has thrown
   */
  VerdictFeed(Executor thread, Consumer<RuntimeException> failed) {
    this.thread = thread;
    this.failed = failed;
  }

  /** The source has stated that; a pass comes after it. */
  void stated(Statement now) {
    statement = now;
  }

  /** What was decided of the VIPs of this source. On the thread of the passes. */
  void decided(List<VipDecision> decisions) {
    Statement stated = statement;
    Map<String, Verdict> changed = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (VipDecision decision : decisions) {
      String name = SourceNames.local(decision.vip().name());
      seen.add(name);
      Factor by = decision.decidedBy();
      Ground ground =
          new Ground(state(decision.posture()), by.kind(), by.name(), by.value(), by.effect());
      if (!ground.equals(grounds.put(name, ground))) {
        long since = decision.cause().since();
        changed.put(name, new Verdict(name, ground.state(), decision.reason(), since));
      }
    }
    grounds.keySet().retainAll(seen);
    synchronized (this) {
      stated
          .absent()
          .forEach(
              (name, verdict) -> {
                Verdict known = latest.get(name);
                boolean isNews =
                    known == null
                        || known.state() != verdict.state()
                        || !known.reason().equals(verdict.reason());
                if (isNews && !seen.contains(name)) {
                  changed.put(name, verdict);
                }
              });
      for (Verdict known : latest.values()) {
        String name = known.vip();
        if (!seen.contains(name)
            && !stated.names().contains(name)
            && !stated.absent().containsKey(name)) {
          changed.put(
              name, new Verdict(name, Verdict.State.GONE, "not stated any more", known.since()));
        }
      }
      changed.forEach(this::remember);
      if (!changed.isEmpty()) {
        ears.forEach(ear -> tell(ear, changed));
      }
    }
  }

  private static Verdict.State state(Posture posture) {
    return switch (posture) {
      case ANNOUNCED -> Verdict.State.ANNOUNCED;
      case DEGRADED -> Verdict.State.DEGRADED;
      case DRAINING -> Verdict.State.DRAINING;
      case WITHDRAWN -> Verdict.State.WITHDRAWN;
    };
  }

  private void remember(String name, Verdict verdict) {
    if (verdict.state() == Verdict.State.GONE) {
      latest.remove(name);
    } else {
      latest.put(name, verdict);
    }
  }

  private void tell(Ear ear, Map<String, Verdict> news) {
    news.forEach(
        (name, verdict) -> {
          ear.untold.remove(name); // so that it comes after what it follows from
          if (verdict.state() != Verdict.State.GONE || ear.told.contains(name)) {
            ear.untold.put(name, verdict);
          }
        });
    schedule(ear);
  }

  private void schedule(Ear ear) {
    if (!ear.scheduled) {
      ear.scheduled = true;
      thread.execute(() -> deliver(ear));
    }
  }

  private void deliver(Ear ear) {
    List<Verdict> news;
    synchronized (this) {
      ear.scheduled = false;
      if (!ears.contains(ear)) {
        return; // It has ended.
      }
      news = List.copyOf(ear.untold.values());
      ear.untold.clear();
      for (Verdict verdict : news) {
        if (verdict.state() == Verdict.State.GONE) {
          ear.told.remove(verdict.vip());
        } else {
          ear.told.add(verdict.vip());
        }
      }
    }
    try {
      ear.listener.accept(news);
    } catch (RuntimeException e) {
      failed.accept(e);
    }
  }

  /** Begins with all that is known; see {@link dev.bugle.advertiser.source.VipStage}. */
  Runnable subscribe(Consumer<List<Verdict>> listener) {
    Ear ear = new Ear(listener);
    synchronized (this) {
      ear.untold.putAll(latest);
      ears.add(ear);
      schedule(ear);
    }
    return () -> {
      synchronized (this) {
        ears.remove(ear);
      }
    };
  }

  /** Tells nobody anything any more. */
  synchronized void close() {
    ears.clear();
  }
}
