package dev.bugle.bgp.rib;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which routes a peer is told, or which of its routes are accepted, and how they are changed (RFC
 * 4271 §9.1.3, §9.1.1): rules in order, of which the first that decides is the last one asked. A
 * value: two policies with equal rules are equal, and none ever changes.
 *
 * <p>Towards a peer it sees a route before it is fitted to the session. So a LOCAL_PREF that it
 * sets reaches only peers in our AS, and an AS number that it prepends only those in others.
 *
 * @param rules may be empty
 * @param otherwise what happens to a route that no rule decides: it is accepted, with the changes
 *     made so far, or rejected
 */
public record RoutePolicy(List<PolicyRule> rules, Verdict otherwise) {

  /** Accepts every route as it is. */
  public static final RoutePolicy ACCEPT_ALL = new RoutePolicy(List.of(), Verdict.ACCEPT);

  /** Accepts nothing. */
  public static final RoutePolicy REJECT_ALL = new RoutePolicy(List.of(), Verdict.REJECT);

  /** Copies the list and checks that every route finds a verdict. */
  public RoutePolicy {
    rules = List.copyOf(rules);
    if (otherwise == Verdict.CONTINUE) {
      throw new IllegalArgumentException(
          "a route that no rule decides must be accepted or rejected; there is nothing to continue"
              + " with");
    }
  }

  /** These rules; a route that none of them decides is rejected, as in routers. */
  public static RoutePolicy of(PolicyRule... rules) {
    return new RoutePolicy(List.of(rules), Verdict.REJECT);
  }

  /**
   * This policy, and where no rule of it decides, the other one, which sees the route with the
   * changes made so far (as the policies of a chain in RFC 9067).
   */
  public RoutePolicy orElse(RoutePolicy other) {
    return new RoutePolicy(
        Stream.concat(rules.stream(), other.rules.stream()).toList(), other.otherwise);
  }

  /**
   * What this policy is for one peer: it answers as this one does for that peer, and asks nothing
   * of the peer. Peers for which it is equal are told the same.
   */
  public RoutePolicy forPeer(PolicyPeer peer) {
    List<PolicyRule> left = new ArrayList<>();
    for (PolicyRule rule : rules) {
      Optional<PolicyRule> meant = rule.forPeer(peer);
      meant.ifPresent(left::add);
      if (meant.filter(PolicyRule::decidesAlways).isPresent()) {
        break; // No rule behind it is ever asked.
      }
    }
    return new RoutePolicy(left, otherwise);
  }

  /** Whether a condition is on the peer, so that two peers may find different answers. */
  public boolean asksPeer() {
    return asks(Condition.OnPeer.class::isInstance);
  }

  /** Whether a condition is on the destination; else all of a family find one answer. */
  public boolean asksDestination() {
    return asks(Condition.PrefixIn.class::isInstance);
  }

  private boolean asks(Predicate<Condition> kind) {
    for (PolicyRule rule : rules) { // of each UPDATE, mostly of no rules
      for (Condition condition : rule.conditions()) {
        if (kind.test(condition)) {
          return true;
        }
      }
    }
    return false;
  }

  /** What becomes of the route; empty when it is rejected. Never throws. */
  public Optional<PolicyRoute> apply(PolicyPeer peer, PolicyRoute route) {
    PolicyRoute current = route;
    for (PolicyRule rule : rules) {
      if (rule.matches(peer, current)) {
        current = rule.changed(current);
        if (rule.verdict() != Verdict.CONTINUE) {
          return accepted(rule.verdict(), current);
        }
      }
    }
    return accepted(otherwise, current);
  }

  /**
   * What becomes of the route, whoever the peer is; empty when it is rejected. Never throws.
   *
   * <p>Of a policy that asks nothing of the peer, as {@link #forPeer} makes one. A rule that does
   * ask something is passed over.
   */
  public Optional<PolicyRoute> apply(PolicyRoute route) {
    PolicyRoute current = route;
    for (PolicyRule rule : rules) {
      if (rule.matches(current)) {
        current = rule.changed(current);
        if (rule.verdict() != Verdict.CONTINUE) {
          return accepted(rule.verdict(), current);
        }
      }
    }
    return accepted(otherwise, current);
  }

  private static Optional<PolicyRoute> accepted(Verdict verdict, PolicyRoute route) {
    return verdict == Verdict.ACCEPT ? Optional.of(route) : Optional.empty();
  }

  /** Like {@code [if prefix in 203.0.113.0/24 ge 32: med 50, accept; otherwise reject]}. */
  @Override
  public String toString() {
    return Stream.concat(rules.stream().map(Object::toString), Stream.of("otherwise " + otherwise))
        .collect(Collectors.joining("; ", "[", "]"));
  }
}
