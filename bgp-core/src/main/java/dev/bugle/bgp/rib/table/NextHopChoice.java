package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv6Address;
import dev.bugle.bgp.wire.Prefix;
import java.util.Optional;
import java.util.Set;

/**
 * How the next hop of what peers are told is found, where the policy gives none.
 *
 * @param rule which one it is
 * @param own our address for the family on the session; empty where there is none
 * @param shared the networks in which the peers and we are neighbours; asked by {@link
 *     NextHopRule#THIRD_PARTY} alone, and best left empty for others
 * @param ways what is known of the ways to next hops
 */
public record NextHopChoice(
    NextHopRule rule, Optional<IpAddress> own, Set<Prefix> shared, NextHops ways) {

  /** Copies the set. */
  public NextHopChoice {
    shared = Set.copyOf(shared);
  }

  /** The next hop that a path is offered with; empty for our own address, or where it has none. */
  Optional<IpAddress> offered(Passage passage) {
    Optional<IpAddress> known = passage.path().nextHop();
    if (known.isEmpty()) {
      return known;
    }
    IpAddress its = known.get();
    if (its instanceof Ipv6Address ipv6 && ipv6.isLinkLocal()) {
      return Optional.empty(); // It is an address on the link that it came over, and on no other.
    }
    boolean isKept =
        switch (rule) {
          case USUAL -> !passage.leavesOurAs() || passage.isTransparent();
          case SELF -> passage.isReflected();
          case UNCHANGED -> true;
          case THIRD_PARTY -> isShared(its);
        };
    return isKept ? known : Optional.empty();
  }

  private boolean isShared(IpAddress address) {
    for (Prefix network : shared) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
