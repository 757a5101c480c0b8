package dev.bugle.it;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Holds what a router saw to the promises of docs/safety.md. Pure: it can be fed any history.
 *
 * @param standings which routes stood in the router when
 * @param tenures who could count on leadership when
 * @param faults what was done
 * @param bounds how much is allowed
 * @param now until when it was looked
 */
record SafetyHistory(
    List<Standing> standings, List<Tenure> tenures, List<Fault> faults, Bounds bounds, long now) {

  /**
   * How much is allowed, in nanoseconds.
   *
   * @param withdraw from the moment at which a node must and can withdraw until the route has left
   *     the router's kernel
   * @param recovery for how long after a fault is over it may still be the cause of a gap
   */
  record Bounds(long withdraw, long recovery) {}

  /** A broken promise, or one that was kept: how long it took, and how long it could have. */
  record Finding(String promise, long nanos, long allowed, long at) {
    boolean broken() {
      return nanos > allowed;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: %.0f ms of at most %.0f ms, at %.3f s",
          promise,
          nanos / 1e6,
          allowed / 1e6,
          at / 1e9);
    }
  }

  private record Span(long from, long until) {
    long length() {
      return until - from;
    }
  }

  /** All that is to be found, in the order of the promises. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    leaders(findings);
    standings.forEach(standing -> stale(standing, findings));
    doubles(findings);
    gaps(findings);
    return findings;
  }

  /** What was broken. */
  List<Finding> violations() {
    return findings().stream().filter(Finding::broken).toList();
  }

  /** Two who can count on it at the same time. */
  private void leaders(List<Finding> findings) {
    for (Tenure one : tenures) {
      for (Tenure other : tenures) {
        if (one.exact() && other.exact() && one.node().compareTo(other.node()) < 0) {
          Span both =
              new Span(Math.max(one.from(), other.from()), Math.min(one.until(), other.until()));
          if (both.length() > 0) {
            findings.add(
                new Finding(
                    one.node() + " and " + other.node() + " lead", both.length(), 0, both.from()));
          }
        }
      }
    }
  }

  /** A route that stands while its node cannot count on leadership. */
  private void stale(Standing standing, List<Finding> findings) {
    List<Tenure> own = of(standing);
    if (own.isEmpty() && tenures.stream().noneMatch(Tenure::exact)) {
      return;
    }
    long end = Math.min(standing.until(), now);
    long covered = standing.from();
    long since = Long.MIN_VALUE;
    for (Tenure tenure : own) {
      if (tenure.until() < standing.from()) {
        since = tenure.until();
        continue;
      }
      if (tenure.from() > end) {
        break;
      }
      if (tenure.from() > covered) {
        stale(standing.node(), since, covered, tenure.from(), findings);
      }
      covered = Math.max(covered, tenure.until());
      since = tenure.until();
    }
    if (covered < end) {
      stale(standing.node(), since, covered, end, findings);
    }
  }

  private void stale(String node, long over, long from, long until, List<Finding> findings) {
    // One that appears though there never was a leadership has no excuse; one that appears late may
    // have been on its way.
    long allowed = over == Long.MIN_VALUE ? 0 : mayStandUntil(node, over) - from;
    findings.add(
        new Finding("a route of " + node + " without its lease", until - from, allowed, from));
  }

  /** Until when its route may stand after that end of its leadership. */
  private long mayStandUntil(String node, long over) {
    long heard = over;
    for (Fault fault : faults) {
      if (!fault.unheard().isZero()
          && fault.node().equals(node)
          && fault.from() <= over + bounds.withdraw()
          && fault.until() >= over) {
        heard = Math.max(heard, Math.min(fault.from() + fault.unheard().toNanos(), fault.until()));
      }
    }
    return heard + bounds.withdraw();
  }

  /** Two routes at the same time although neither node is known to have lost leadership. */
  private void doubles(List<Finding> findings) {
    for (Standing one : standings) {
      for (Standing other : standings) {
        if (one.node().compareTo(other.node()) < 0) {
          Span both =
              new Span(
                  Math.max(one.from(), other.from()),
                  Math.min(now, Math.min(one.until(), other.until())));
          if (both.length() > 0 && !isStale(one, both) && !isStale(other, both)) {
            findings.add(new Finding("two routes", both.length(), bounds.withdraw(), both.from()));
          }
        }
      }
    }
  }

  /** Whether that node is known not to lead then, so that {@link #stale} has looked at it. */
  private boolean isStale(Standing standing, Span span) {
    List<Tenure> own = of(standing);
    return !own.isEmpty()
        && own.stream().noneMatch(t -> t.from() < span.until() && span.from() < t.until());
  }

  /** Those of its node; of those that were inferred, the one that was inferred from it. */
  private List<Tenure> of(Standing standing) {
    return tenures.stream()
        .filter(tenure -> tenure.node().equals(standing.node()))
        .filter(tenure -> tenure.exact() || tenure.from() == standing.from())
        .sorted(Comparator.comparingLong(Tenure::from))
        .toList();
  }

  /** No route at all, after there was one. */
  private void gaps(List<Finding> findings) {
    List<Standing> all =
        standings.stream().sorted(Comparator.comparingLong(Standing::from)).toList();
    long covered = all.isEmpty() ? now : all.get(0).until();
    for (Standing standing : all) {
      if (standing.from() > covered) {
        gap(covered, standing.from(), findings);
      }
      covered = Math.max(covered, standing.until());
    }
    if (covered < now) {
      gap(covered, now, findings);
    }
  }

  private void gap(long from, long until, List<Finding> findings) {
    // They come one after the other, each when all has recovered from the one before.
    Optional<Fault> cause =
        faults.stream()
            .filter(fault -> fault.from() <= until)
            .max(Comparator.comparingLong(Fault::from))
            .filter(fault -> plus(fault.until(), bounds.recovery()) >= from);
    long allowed =
        Math.max(bounds.withdraw(), cause.map(fault -> fault.gap().toNanos()).orElse(0L));
    String promise = "no route, " + cause.map(Fault::toString).orElse("for nothing");
    findings.add(new Finding(promise, until - from, allowed, from));
  }

  private static long plus(long time, long nanos) {
    return time > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : time + nanos;
  }

  /** The longest of the findings whose promise begins so; 0 if there is none. */
  long worst(String promise) {
    return worst(promise, Finding::nanos);
  }

  private long worst(String promise, ToLongFunction<Finding> value) {
    return findings().stream()
        .filter(finding -> finding.promise().startsWith(promise))
        .mapToLong(value)
        .max()
        .orElse(0);
  }
}
