package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The decision process (RFC 4271 §9.1.2): which of the paths to one destination is best.
 *
 * <p>Pure. The steps are those of {@link DecisionStep}. All but MED put all paths in an order; MED
 * orders only those of one neighbouring AS, and is why paths cannot simply be sorted.
 */
public final class Decision {

  private static final DecisionStep[] STEPS = DecisionStep.values();

  private final DecisionConfig config;
  private final NextHops nextHops;

  /** The process with these choices. */
  public Decision(DecisionConfig config, NextHops nextHops) {
    this.config = config;
    this.nextHops = nextHops;
  }

  /** What can be chosen. */
  public DecisionConfig config() {
    return config;
  }

  /**
   * The best of these paths; empty when none can be used.
   *
   * @param paths in the order they came
   * @param existing which of them was best before, if one of them was
   */
  public Optional<LearnedPath> best(List<LearnedPath> paths, Optional<LearnedPath> existing) {
    return Optional.ofNullable(best(paths.toArray(LearnedPath[]::new), existing.orElse(null)));
  }

  /** The same without a wrapper: a table asks this for every change. */
  @Nullable LearnedPath best(LearnedPath[] paths, @Nullable LearnedPath existing) {
    if (paths.length == 1) {
      return isUsable(paths[0]) ? paths[0] : null;
    }
    if (config.deterministicMed()) {
      return bestOf(paths.clone(), existing);
    }
    LearnedPath best = existing != null && contains(paths, existing) ? existing : null;
    for (int i = paths.length - 1; i >= 0; i--) {
      LearnedPath[] both = best == null ? new LearnedPath[] {paths[i]} : pair(best, paths[i]);
      best = bestOf(both, existing);
    }
    return best;
  }

  private static LearnedPath[] pair(LearnedPath one, LearnedPath other) {
    return one == other ? new LearnedPath[] {one} : new LearnedPath[] {one, other};
  }

  private static boolean contains(LearnedPath[] paths, LearnedPath wanted) {
    for (LearnedPath path : paths) {
      if (path == wanted) {
        return true;
      }
    }
    return false;
  }

  private @Nullable LearnedPath bestOf(LearnedPath[] left, @Nullable LearnedPath existing) {
    int count = left.length;
    for (DecisionStep step : STEPS) {
      count = keep(step, left, count, existing);
      if (count <= 1) {
        break;
      }
    }
    return count == 0 ? null : left[0];
  }

  /**
   * The paths that are best together: the best one first, and those that only steps after {@link
   * DecisionStep#INTERIOR_COST} tell from it, as many as the configuration allows. Empty when none
   * can be used.
   */
  public List<LearnedPath> multipath(List<LearnedPath> paths, Optional<LearnedPath> existing) {
    Optional<LearnedPath> best = best(paths, existing);
    List<LearnedPath> chosen = new ArrayList<>();
    best.ifPresent(chosen::add);
    if (best.isEmpty() || config.multipath() == 1) {
      return chosen;
    }
    LearnedPath[] left = paths.toArray(LearnedPath[]::new);
    int count = left.length;
    for (DecisionStep step : STEPS) {
      count = keep(step, left, count, null);
      if (step == DecisionStep.INTERIOR_COST) {
        break;
      }
    }
    for (int i = 0; i < count && chosen.size() < config.multipath(); i++) {
      if (left[i] != best.get()) {
        chosen.add(left[i]);
      }
    }
    return chosen;
  }

  /**
   * The step that removed each path but the best one, for people. With {@link
   * DecisionConfig#deterministicMed} off, the step in which it would lose to the best one.
   */
  public Map<LearnedPath, DecisionStep> losses(
      List<LearnedPath> paths, Optional<LearnedPath> existing) {
    Map<LearnedPath, DecisionStep> losses = new LinkedHashMap<>();
    if (config.deterministicMed()) {
      record(paths.toArray(LearnedPath[]::new), existing, losses);
    } else {
      Optional<LearnedPath> best = best(paths, existing);
      for (LearnedPath path : paths) {
        best.filter(winner -> winner != path)
            .ifPresentOrElse(
                winner -> record(pair(winner, path), existing, losses),
                () -> record(new LearnedPath[] {path}, existing, losses));
      }
      best.ifPresent(losses::remove);
    }
    return losses;
  }

  private void record(
      LearnedPath[] paths, Optional<LearnedPath> existing, Map<LearnedPath, DecisionStep> losses) {
    LearnedPath[] left = paths.clone();
    int count = left.length;
    for (DecisionStep step : STEPS) {
      boolean isUse = step == DecisionStep.ELIGIBLE || step == DecisionStep.NEXT_HOP;
      if (count == 0 || (count == 1 && !isUse)) {
        return;
      }
      LearnedPath[] before = left.clone();
      int kept = keep(step, left, count, existing.orElse(null));
      for (int i = 0; i < count; i++) {
        boolean stays = false;
        for (int j = 0; j < kept; j++) {
          stays |= left[j] == before[i];
        }
        if (!stays) {
          losses.put(before[i], step);
        }
      }
      count = kept;
    }
  }

  /** Whether it takes part, and there is a way to its next hop. */
  boolean isUsable(LearnedPath path) {
    return path.isEligible() && cost(path).isPresent();
  }

  /** There is no way to go to what we originate ourselves, and where there is no next hop. */
  private OptionalLong cost(LearnedPath path) {
    Optional<IpAddress> nextHop = path.nextHop();
    return nextHop.isEmpty() || path.source().kind() == PathSource.Kind.LOCAL
        ? NextHops.AT_NO_COST
        : nextHops.cost(nextHop.get());
  }

  /** Moves the paths that pass the step to the front, in their order; returns how many they are. */
  private int keep(
      DecisionStep step, LearnedPath[] paths, int count, @Nullable LearnedPath existing) {
    return switch (step) {
      case ELIGIBLE, NEXT_HOP -> keepLowest(step, paths, count, 1);
      case MED -> keepLowestMeds(paths, count);
      case AIGP -> keepLowestAigp(paths, count);
      case EXISTING -> keepExisting(paths, count, existing);
      case PEER_ADDRESS -> keepLowestAddress(paths, count);
      default -> keepLowest(step, paths, count, Long.MAX_VALUE);
    };
  }

  /** Nothing is kept when the lowest answer is not below the limit. */
  private int keepLowest(DecisionStep step, LearnedPath[] paths, int count, long limit) {
    long lowest = limit;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      long key = key(step, paths[i]);
      if (key < lowest) {
        lowest = key;
        kept = 0;
      }
      if (key == lowest && key < limit) {
        paths[kept++] = paths[i];
      }
    }
    return kept;
  }

  /** The answer of a path to a step that orders all paths; the lowest is best. */
  private long key(DecisionStep step, LearnedPath path) {
    return switch (step) {
      case ELIGIBLE -> path.isEligible() ? 0 : 1;
      case NEXT_HOP -> cost(path).isPresent() ? 0 : 1;
      case NOT_LLGR_STALE -> path.isLlgrStale() ? 1 : 0;
      case LOCAL_PREF -> -path.localPref();
      case AS_PATH -> path.asPathLength();
      case ORIGIN -> path.origin();
      case EXTERNAL -> isExternal(path) ? 0 : 1;
      case INTERIOR_COST -> cost(path).orElse(Long.MAX_VALUE - 1);
      case ROUTER_ID -> Integer.toUnsignedLong(path.routerId());
      case CLUSTER_LIST -> path.clusterListLength();
      case PATH_IDENTIFIER -> path.pathIdentifier();
      case AIGP, MED, EXISTING, PEER_ADDRESS ->
          throw new IllegalArgumentException(step + " has no order of its own");
    };
  }

  /** A confederation's other members count as our own AS here (RFC 5065 §5.3). */
  private static boolean isExternal(LearnedPath path) {
    PathSource.Kind kind = path.source().kind();
    return kind == PathSource.Kind.EXTERNAL || kind == PathSource.Kind.LOCAL;
  }

  /** Who has no metric is out as soon as another has one. */
  private int keepLowestAigp(LearnedPath[] paths, int count) {
    long lowest = -1; // The highest, since the sums are unsigned.
    boolean found = false;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      OptionalLong aigp = paths[i].aigp();
      if (aigp.isPresent()) {
        long sum = sum(aigp.getAsLong(), cost(paths[i]).orElse(0));
        int order = Long.compareUnsigned(sum, lowest);
        if (!found || order < 0) {
          lowest = sum;
          found = true;
          kept = 0;
        }
        if (sum == lowest) {
          paths[kept++] = paths[i];
        }
      }
    }
    return found ? kept : count;
  }

  private static long sum(long unsigned, long more) {
    long sum = unsigned + more;
    return Long.compareUnsigned(sum, unsigned) < 0 ? -1 : sum;
  }

  private int keepLowestMeds(LearnedPath[] paths, int count) {
    if (config.alwaysCompareMed()) {
      long lowest = Long.MAX_VALUE;
      for (int i = 0; i < count; i++) {
        lowest = Math.min(lowest, med(paths[i]));
      }
      return keepMeds(paths, count, Map.of(), lowest);
    }
    boolean oneAs = true;
    for (int i = 1; i < count; i++) {
      oneAs &= paths[i].neighborAs() == paths[0].neighborAs();
    }
    if (count == 2 && !oneAs) {
      return count;
    }
    Map<Long, Long> lowest = new HashMap<>();
    for (int i = 0; i < count; i++) {
      lowest.merge(paths[i].neighborAs(), med(paths[i]), Math::min);
    }
    return keepMeds(paths, count, lowest, Long.MAX_VALUE);
  }

  private int keepMeds(LearnedPath[] paths, int count, Map<Long, Long> lowest, long otherwise) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (med(paths[i]) <= lowest.getOrDefault(paths[i].neighborAs(), otherwise)) {
        paths[kept++] = paths[i];
      }
    }
    return kept;
  }

  private long med(LearnedPath path) {
    if (path.med() != LearnedPath.NO_MED) {
      return path.med();
    }
    return config.missingMedIsWorst() ? 0xFFFF_FFFFL : 0;
  }

  private int keepExisting(LearnedPath[] paths, int count, @Nullable LearnedPath existing) {
    if (!config.preferExisting() || existing == null || !isExternal(existing)) {
      return count;
    }
    for (int i = 0; i < count; i++) {
      if (paths[i] == existing) {
        paths[0] = existing;
        return 1;
      }
    }
    return count;
  }

  private static int keepLowestAddress(LearnedPath[] paths, int count) {
    int kept = 0;
    IpAddress lowest = paths[0].source().address();
    for (int i = 0; i < count; i++) {
      int order = compare(paths[i].source().address(), lowest);
      if (order < 0) {
        lowest = paths[i].source().address();
        kept = 0;
      }
      if (order <= 0) {
        paths[kept++] = paths[i];
      }
    }
    return kept;
  }

  /** IPv4 before IPv6, then as unsigned numbers. */
  private static int compare(IpAddress one, IpAddress other) {
    if (one instanceof Ipv4Address v4 && other instanceof Ipv4Address otherV4) {
      return v4.compareTo(otherV4);
    }
    if (one instanceof Ipv6Address v6 && other instanceof Ipv6Address otherV6) {
      int order = Long.compareUnsigned(v6.high(), otherV6.high());
      return order != 0 ? order : Long.compareUnsigned(v6.low(), otherV6.low());
    }
    return Integer.compare(one.bitLength(), other.bitLength());
  }
}
