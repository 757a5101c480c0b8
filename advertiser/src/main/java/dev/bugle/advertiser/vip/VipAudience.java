package dev.bugle.advertiser.vip;

import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.rib.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Which peers a VIP is announced to, and what some of them are told otherwise.
 *
 * @param peers rules that accept, one of which must match the peer; empty: all peers
 * @param perPeer what is told otherwise to whom; none of these rules decides
 */
public record VipAudience(List<PolicyRule> peers, List<PolicyRule> perPeer) {

  /** All peers, and all alike. */
  public static final VipAudience ALL = new VipAudience(List.of(), List.of());

  /** Copies the lists and checks the verdicts. */
  public VipAudience {
    peers = List.copyOf(peers);
    perPeer = List.copyOf(perPeer);
    peers.forEach(rule -> require(rule, Verdict.ACCEPT));
    perPeer.forEach(rule -> require(rule, Verdict.CONTINUE));
  }

  private static void require(PolicyRule rule, Verdict verdict) {
    if (rule.verdict() != verdict) {
      throw new IllegalArgumentException("'" + rule + "' does not " + verdict);
    }
  }

  /** The policy of the announcement, with changes for all that come after those per peer. */
  public RoutePolicy policy(List<RouteChange> changes) {
    List<PolicyRule> rules = new ArrayList<>(perPeer);
    if (!changes.isEmpty()) {
      rules.add(new PolicyRule(List.of(), changes, Verdict.CONTINUE));
    }
    rules.addAll(peers);
    return new RoutePolicy(rules, peers.isEmpty() ? Verdict.ACCEPT : Verdict.REJECT);
  }
}
