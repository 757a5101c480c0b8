package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.Map;
import java.util.Optional;

/**
 * Fits local routes to one session (RFC 4271 §5.1, §9.1.3).
 *
 * @param localAs our AS number
 * @param external whether the peer is in another AS
 * @param nextHops our address for each family that has one on this session
 */
public record Export(long localAs, boolean external, Map<AddressFamily, IpAddress> nextHops) {

  /** What RFC 4271 §5.1.5 needs a value for and operators expect: the common default. */
  private static final LocalPref DEFAULT_LOCAL_PREF = new LocalPref(100);

  /** Copies the map. */
  public Export {
    nextHops = Map.copyOf(nextHops);
  }

  /** The path to tell the peer; empty when there is no next hop of the route's family. */
  public Optional<Path> apply(LocalRoute route) {
    Optional<IpAddress> nextHop =
        route.nextHop().or(() -> Optional.ofNullable(nextHops.get(route.prefix().family())));
    return nextHop.map(address -> new Path(attributes(route), address));
  }

  private PathAttributes attributes(LocalRoute route) {
    // RFC 4271 §5.1.2: the path starts with our AS towards other ASes and is empty within ours,
    // where a router would take our own number for a loop.
    int times = external ? 1 + route.prepend() : 0;
    PathAttributes attributes = route.attributes().with(AsPath.EMPTY.prepend(localAs, times));
    if (external) {
      return attributes.without(DEFAULT_LOCAL_PREF.typeCode());
    }
    return attributes.get(LocalPref.class).isPresent()
        ? attributes
        : attributes.with(DEFAULT_LOCAL_PREF);
  }
}
