package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.OnlyToCustomer;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.Map;
import java.util.Optional;

/**
 * Fits local routes to one session (RFC 4271 §5.1, §9.1.3): first as the route's own policy says,
 * then as the peer's does, then as the protocol asks.
 *
 * @param peer whom the routes are told to
 * @param policy which routes that are, and what is changed of them
 * @param own our AS numbers
 * @param towards what the peer is to us
 * @param onlyToCustomers whether the peer may tell our routes only to its customers (RFC 9234 §5)
 * @param nextHops our address for each family that has one on this session
 */
public record Export(
    PolicyPeer peer,
    RoutePolicy policy,
    OwnAs own,
    PeerKind towards,
    boolean onlyToCustomers,
    Map<AddressFamily, IpAddress> nextHops) {

  /** What RFC 4271 §5.1.5 needs a value for and operators expect: the common default. */
  private static final LocalPref DEFAULT_LOCAL_PREF = new LocalPref(100);

  /** Copies the map. */
  public Export {
    nextHops = Map.copyOf(nextHops);
  }

  /** The same with the policy as it is for this peer, for any peer for which that is equal. */
  public Export towardsAny(PolicyPeer any) {
    return new Export(any, policy.forPeer(peer), own, towards, onlyToCustomers, nextHops);
  }

  /**
   * The path to tell the peer; empty when either policy rejects the route, or there is no next hop
   * of its family.
   */
  public Optional<Path> apply(LocalRib.Candidate candidate) {
    return candidate
        .policy()
        .apply(peer, PolicyRoute.of(candidate.route()))
        .flatMap(route -> policy.apply(peer, route))
        .flatMap(route -> fitted(candidate.route().prefix().family(), route));
  }

  private Optional<Path> fitted(AddressFamily family, PolicyRoute route) {
    Optional<IpAddress> nextHop =
        route.nextHop().or(() -> Optional.ofNullable(nextHops.get(family)));
    return nextHop.map(address -> new Path(attributes(route), nextHop));
  }

  private PathAttributes attributes(PolicyRoute route) {
    // RFC 4271 §5.1.2: the path starts with our AS towards other ASes and not within ours, where a
    // router would take our own number for a loop.
    AsPath before = route.attributes().get(AsPath.class).orElse(AsPath.EMPTY);
    AsPath path = own.leaving(before, towards, route.prepend());
    PathAttributes attributes = route.attributes().with(path);
    if (onlyToCustomers) {
      attributes = attributes.with(new OnlyToCustomer(own.known()));
    }
    if (towards.isOutside()) {
      return attributes.without(DEFAULT_LOCAL_PREF.typeCode());
    }
    return attributes.get(LocalPref.class).isPresent()
        ? attributes
        : attributes.with(DEFAULT_LOCAL_PREF);
  }
}
