package dev.bugle.bgp;

import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.AddressFamily;
import java.util.Map;
import java.util.Optional;

/**
 * How the paths of a peer are taken, where the speaker has a routing table.
 *
 * @param policy which are accepted, and how they are changed before the decision; without one,
 *     nothing of a peer in another AS is accepted (RFC 8212), and everything of one in ours
 * @param prefixLimits how many destinations of a family it may announce
 * @param enforceFirstAs whether the first AS of a path from another AS must be the peer's (RFC 4271
 *     §6.3); without a value, unless the peer is a route server (RFC 7947 §2.2.2.2)
 */
public record PeerImport(
    Optional<RoutePolicy> policy,
    Map<AddressFamily, PrefixLimit> prefixLimits,
    Optional<Boolean> enforceFirstAs) {

  /** Without a policy, and without limits. */
  public static final PeerImport DEFAULT =
      new PeerImport(Optional.empty(), Map.of(), Optional.empty());

  /** Copies the map. */
  public PeerImport {
    prefixLimits = Map.copyOf(prefixLimits);
  }
}
