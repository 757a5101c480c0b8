package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.nlri.LabelledPrefix;
import dev.bugle.bgp.wire.nlri.VpnPrefix;
import java.util.Optional;

/**
 * A route as a policy sees and changes it, whether we announce it or have learned it, and whether
 * it comes to us or is told to a peer.
 *
 * @param destination of any family
 * @param attributes without NEXT_HOP, MP_REACH_NLRI and MP_UNREACH_NLRI
 * @param prepend how many more times our AS number is to stand in the path towards other ASes; of
 *     what is learned, the path's nearest one
 * @param nextHop that it has; empty for our own address on the session with the peer, and where the
 *     family has no next hops
 */
public record PolicyRoute(
    Nlri destination, PathAttributes attributes, int prepend, Optional<IpAddress> nextHop) {

  /** What is announced here, as it was asked for. */
  static PolicyRoute of(LocalRoute route) {
    return new PolicyRoute(route.prefix(), route.attributes(), route.prepend(), route.nextHop());
  }

  /**
   * The IP prefix that packets to the destination are in: also that of a labelled or VPN route.
   * Other kinds of destinations have none.
   */
  public Optional<Prefix> prefix() {
    if (destination instanceof Prefix prefix) {
      return Optional.of(prefix);
    }
    if (destination instanceof LabelledPrefix labelled) {
      return Optional.of(labelled.prefix());
    }
    return destination instanceof VpnPrefix vpn ? Optional.of(vpn.prefix()) : Optional.empty();
  }

  /** The same route with these attributes. */
  PolicyRoute withAttributes(PathAttributes changed) {
    return changed.equals(attributes)
        ? this
        : new PolicyRoute(destination, changed, prepend, nextHop);
  }

  /** The same route with our AS number in the path so many times more. */
  PolicyRoute withPrepended(int times) {
    return new PolicyRoute(destination, attributes, prepend + times, nextHop);
  }

  /** The same route with this next hop; empty for our own address on the session. */
  PolicyRoute withNextHop(Optional<IpAddress> given) {
    return given.equals(nextHop) ? this : new PolicyRoute(destination, attributes, prepend, given);
  }
}
