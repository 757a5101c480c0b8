package dev.bugle.advertiser.config;

import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.rib.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Which peers a VIP is announced to, and what some of them are told otherwise.
 *
 * @param peers those that one of the conditions holds for; empty: all
 * @param perPeer what is told otherwise to whom; none of them decides
 */
public record VipAudience(List<Condition> peers, List<PolicyRule> perPeer) {

  /** All peers, and all alike. */
  public static final VipAudience ALL = new VipAudience(List.of(), List.of());

  /** Copies the lists. */
  public VipAudience {
    peers = List.copyOf(peers);
    perPeer = List.copyOf(perPeer);
    for (PolicyRule rule : perPeer) {
      if (rule.verdict() != Verdict.CONTINUE) {
        throw new IllegalArgumentException(
            "'" + rule + "' decides; what is told to a peer otherwise only changes the route");
      }
    }
  }

  /** The policy of the announcement, with changes for all that come after those per peer. */
  public RoutePolicy policy(List<RouteChange> changes) {
    List<PolicyRule> rules = new ArrayList<>(perPeer);
    if (!changes.isEmpty()) {
      rules.add(new PolicyRule(List.of(), changes, Verdict.CONTINUE));
    }
    peers.forEach(peer -> rules.add(PolicyRule.when(peer).accept()));
    return new RoutePolicy(rules, peers.isEmpty() ? Verdict.ACCEPT : Verdict.REJECT);
  }
}
