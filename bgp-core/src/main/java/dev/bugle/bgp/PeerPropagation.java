package dev.bugle.bgp;

import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.rib.table.NextHopRule;
import java.util.Optional;

/**
 * How what was learned from other peers is passed on to a peer, where the speaker has a routing
 * table.
 *
 * @param part that the peer has in it
 * @param policy which learned paths the peer is told, and how they are changed for it; without one,
 *     a peer in another AS is told none (RFC 8212 §2.2), and one in our AS or confederation all.
 *     {@link PeerExport#policy} is for announcements alone
 * @param nextHop which next hop it is given, where the policy gives none
 * @param aigp whether AIGP is taken from the peer and told to it though it is in another AS (RFC
 *     7311 §3.3); in our AS and confederation it always is
 */
public record PeerPropagation(
    PeerPart part, Optional<RoutePolicy> policy, NextHopRule nextHop, boolean aigp) {

  /** Without a policy, and as is usual for the peer's AS. */
  public static final PeerPropagation STANDARD =
      new PeerPropagation(PeerPart.PLAIN, Optional.empty(), NextHopRule.USUAL, false);

  /** The same for a peer that has this part. */
  public PeerPropagation withPart(PeerPart newPart) {
    return new PeerPropagation(newPart, policy, nextHop, aigp);
  }

  /** The same with this policy for what was learned. */
  public PeerPropagation withPolicy(RoutePolicy newPolicy) {
    return new PeerPropagation(part, Optional.of(newPolicy), nextHop, aigp);
  }

  /** The same with this rule for next hops. */
  public PeerPropagation withNextHop(NextHopRule newRule) {
    return new PeerPropagation(part, policy, newRule, aigp);
  }

  /** The same with AIGP also across the border of our AS. */
  public PeerPropagation withAigp() {
    return new PeerPropagation(part, policy, nextHop, true);
  }
}
