package dev.bugle.bgp;

import dev.bugle.bgp.rib.RoutePolicy;
import java.util.Optional;

/**
 * How the paths of a peer are taken, where the speaker has a routing table.
 *
 * @param policy which are accepted, and how they are changed before the decision; without one,
 *     nothing of a peer in another AS is accepted (RFC 8212), and everything of one in ours
 * @param enforceFirstAs whether the first AS of a path from another AS must be the peer's (RFC 4271
 *     §6.3); without a value, unless the peer is a route server (RFC 7947 §2.2.2.2)
 */
public record PeerImport(Optional<RoutePolicy> policy, Optional<Boolean> enforceFirstAs) {

  /** Without a policy. */
  public static final PeerImport DEFAULT = new PeerImport(Optional.empty(), Optional.empty());
}
