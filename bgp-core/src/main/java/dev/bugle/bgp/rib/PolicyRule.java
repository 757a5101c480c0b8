package dev.bugle.bgp.rib;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rule of a policy: when all of its conditions hold, it changes the route and then decides.
 *
 * <pre>{@code
 * PolicyRule.when(prefixIn("203.0.113.0/24 ge 32"), peerAs(65000))
 *     .change(addCommunities("65001:100"), med(50))
 *     .accept()
 * }</pre>
 *
 * @param conditions none means that every route is meant
 * @param changes in the order in which they are made; none when the verdict is to reject
 * @param verdict on the route as it is after the changes
 */
public record PolicyRule(List<Condition> conditions, List<RouteChange> changes, Verdict verdict) {

  /** Copies the lists and checks that no change is in vain. */
  public PolicyRule {
    conditions = List.copyOf(conditions);
    changes = List.copyOf(changes);
    if (verdict == Verdict.REJECT && !changes.isEmpty()) {
      throw new IllegalArgumentException(
          "a rule that rejects has the changes "
              + changes
              + ", which nobody would see; remove them, or accept");
    }
  }

  /** Begins a rule that changes nothing and continues with the next one. */
  public static PolicyRule when(Condition... conditions) {
    return new PolicyRule(List.of(conditions), List.of(), Verdict.CONTINUE);
  }

  /** Begins a rule for every route. */
  public static PolicyRule always() {
    return when();
  }

  /** This rule with further changes. */
  public PolicyRule change(RouteChange... more) {
    List<RouteChange> all = new ArrayList<>(changes);
    all.addAll(List.of(more));
    return new PolicyRule(conditions, all, verdict);
  }

  /** This rule, after which the route is accepted. */
  public PolicyRule accept() {
    return new PolicyRule(conditions, changes, Verdict.ACCEPT);
  }

  /** This rule, which rejects. */
  public PolicyRule reject() {
    return new PolicyRule(conditions, changes, Verdict.REJECT);
  }

  /**
   * What the rule is for that peer alone; empty when it means no route of it. Its conditions ask
   * nothing of the peer any more.
   */
  Optional<PolicyRule> forPeer(PolicyPeer peer) {
    List<Condition> left = new ArrayList<>();
    for (Condition condition : conditions) {
      if (!(condition instanceof Condition.OnPeer onPeer)) {
        left.add(condition);
      } else if (!onPeer.holds(peer)) {
        return Optional.empty();
      }
    }
    return Optional.of(new PolicyRule(left, changes, verdict));
  }

  /** Whether it decides on every route. */
  boolean decidesAlways() {
    return conditions.isEmpty() && verdict != Verdict.CONTINUE;
  }

  boolean matches(PolicyPeer peer, PolicyRoute route) {
    for (Condition condition : conditions) {
      if (!condition.holds(peer, route)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it means that route of every peer. */
  boolean matches(PolicyRoute route) {
    for (Condition condition : conditions) {
      if (!(condition instanceof Condition.OnRoute onRoute) || !onRoute.holds(route)) {
        return false;
      }
    }
    return true;
  }

  PolicyRoute changed(PolicyRoute route) {
    PolicyRoute result = route;
    for (RouteChange change : changes) {
      result = change.apply(result);
    }
    return result;
  }

  /** Like {@code if prefix in 203.0.113.0/24 ge 32: med 50, accept}. */
  @Override
  public String toString() {
    String when =
        conditions.isEmpty()
            ? ""
            : "if "
                + conditions.stream().map(Object::toString).collect(Collectors.joining(" and "))
                + ": ";
    return when
        + Stream.concat(changes.stream(), Stream.of(verdict))
            .map(Object::toString)
            .collect(Collectors.joining(", "));
  }
}
