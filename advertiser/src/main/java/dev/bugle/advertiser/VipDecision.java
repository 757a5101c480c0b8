package dev.bugle.advertiser;

import dev.bugle.advertiser.Factor.Effect;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.rib.RouteChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * How a VIP is announced, and why.
 *
 * @param vip which one
 * @param posture how it is announced
 * @param factors every input of the decision, in the order in which they are asked
 */
public record VipDecision(Vip vip, Posture posture, List<Factor> factors) {

  private static final List<RouteChange> GRACEFUL_SHUTDOWN =
      List.of(RouteChange.addCommunities("graceful-shutdown"), RouteChange.localPref(0));

  /** Copies the list, and checks that there is something in it. */
  public VipDecision {
    factors = List.copyOf(factors);
    if (factors.isEmpty()) {
      throw new IllegalArgumentException("a decision on " + vip + " has no input");
    }
  }

  /** What these inputs make of the VIP: the worst of what they do to it. */
  static VipDecision of(Vip vip, List<Factor> factors) {
    Posture posture = Posture.ANNOUNCED;
    for (Factor factor : factors) {
      Posture its = posture(factor);
      posture = its.compareTo(posture) > 0 ? its : posture;
    }
    return new VipDecision(vip, posture, factors);
  }

  private static Posture posture(Factor factor) {
    return switch (factor.effect()) {
      case ALLOWS -> Posture.ANNOUNCED;
      case WORSENS -> factor.kind() == Factor.Kind.DRAIN ? Posture.DRAINING : Posture.DEGRADED;
      case FORBIDS -> Posture.WITHDRAWN;
    };
  }

  /** Whether it is announced in any way. */
  public boolean announced() {
    return posture != Posture.WITHDRAWN;
  }

  /**
   * The input that decided: the first of those that have the effect; of a VIP that is announced as
   * it is configured, its leadership.
   */
  public Factor decidedBy() {
    for (Factor factor : factors) {
      boolean has = posture(factor) == posture;
      if (has && (posture != Posture.ANNOUNCED || factor.kind() == Factor.Kind.LEADERSHIP)) {
        return factor;
      }
    }
    return factors.get(0);
  }

  /**
   * What brought it about: the input that decided; of an announcement, the last that it took. One
   * that stood so before has not: then something was taken away that is not there any more, such as
   * a drain.
   */
  Factor cause() {
    return posture == Posture.ANNOUNCED
        ? factors.stream().max(Comparator.comparingLong(Factor::since)).orElseThrow()
        : decidedBy();
  }

  /** Whether this input had the same effect, since the same moment, when this was decided. */
  boolean hadSeen(Factor factor) {
    return factors.stream()
        .anyMatch(
            known ->
                known.kind() == factor.kind()
                    && known.name().equals(factor.name())
                    && known.effect() == factor.effect()
                    && known.since() == factor.since());
  }

  /** The rule that decided, in words. */
  public String rule() {
    return posture == Posture.ANNOUNCED
        ? "A VIP is announced while everything that it needs is known to hold."
        : decidedBy().rule();
  }

  /** Why, for people. */
  public String reason() {
    return decidedBy().cause();
  }

  /** The worst that inputs of these kinds do to it. */
  Effect worst(Set<Factor.Kind> kinds) {
    return factors.stream()
        .filter(factor -> kinds.contains(factor.kind()))
        .map(Factor::effect)
        .max(Comparator.naturalOrder())
        .orElse(Effect.ALLOWS);
  }

  /** The first moment at which it may be otherwise although no input has changed. */
  long validUntil() {
    return factors.stream().mapToLong(Factor::until).min().orElse(Long.MAX_VALUE);
  }

  /** What is announced; only of one that is. */
  Advertisement advertisement() {
    List<RouteChange> changes = new ArrayList<>();
    for (Factor factor : factors) {
      if (factor.effect() == Effect.WORSENS && factor.kind() != Factor.Kind.DRAIN) {
        vip.needs().whenUnhealthy().ifPresent(worse -> changes.addAll(worse.changes()));
        break; // however many checks are down, and whatever its source says beside
      }
    }
    if (posture == Posture.DRAINING) {
      changes.addAll(GRACEFUL_SHUTDOWN);
    }
    return new Advertisement(vip.route(), vip.audience().policy(changes));
  }
}
