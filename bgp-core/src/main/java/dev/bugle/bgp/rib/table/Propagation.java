package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.OwnAs;
import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.rib.PeerKind;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.capability.Role;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What peers of one kind are told of what was learned, in one address family (RFC 4271 §9.1.3,
 * §9.2). Pure, and equal for peers that are told the same. It knows nothing of one single peer: who
 * uses it sees to it that no peer is told its own paths.
 *
 * @param family of the destinations
 * @param towards whom the paths are told to
 * @param policy which paths that are, and what is changed of them, without conditions on the peer;
 *     empty where none was given, so that nobody in another AS is told anything (RFC 8212 §2.2)
 * @param role what we are to the peers, where that was agreed (RFC 9234)
 * @param nextHop which next hop they are given
 * @param own what of ours goes into the paths
 * @param features what their sessions carry that others do not
 */
public record Propagation(
    AddressFamily family,
    PeerKind towards,
    Optional<RoutePolicy> policy,
    Optional<Role> role,
    NextHopChoice nextHop,
    Own own,
    Set<Feature> features) {

  /** What not every session carries. */
  public enum Feature {
    /** AIGP is told (RFC 7311 §3.3). */
    AIGP,
    /** The peer keeps routes beyond a restart, and knows what LLGR_STALE means (RFC 9494). */
    LONG_LIVED_GRACEFUL_RESTART,
    /** Routes of this family may have IPv6 next hops, though they are not IPv6 (RFC 8950). */
    IPV6_NEXT_HOPS
  }

  /**
   * How the next hop is found.
   *
   * @param rule which one it is
   * @param own our address for this family on the session; empty where there is none
   * @param shared the networks in which the peers and we are neighbours; asked by {@link
   *     NextHopRule#THIRD_PARTY} alone, and best left empty for others
   */
  public record NextHopChoice(NextHopRule rule, Optional<IpAddress> own, Set<Prefix> shared) {
    /** Copies the set. */
    public NextHopChoice {
      shared = Set.copyOf(shared);
    }
  }

  /**
   * What of ours goes into paths.
   *
   * @param as our AS numbers
   * @param clusterId that of our cluster, where we reflect routes (RFC 4456)
   */
  public record Own(OwnAs as, Ipv4Address clusterId) {}

  /** Copies the set. */
  public Propagation {
    Set<Feature> ordered = EnumSet.noneOf(Feature.class);
    ordered.addAll(features);
    features = Collections.unmodifiableSet(ordered);
  }

  /**
   * Whether {@link #apply} may answer differently for two destinations of one path. Otherwise it
   * need be asked only once for each path.
   */
  public boolean dependsOnDestination() {
    return policy.filter(asked -> !asked.equals(RoutePolicy.ACCEPT_ALL)).isPresent();
  }

  /** The path to tell the peers of that destination; empty when they are told none. */
  public Optional<Path> apply(Nlri destination, LearnedPath path) {
    if (path.source().kind() == PathSource.Kind.INTERNAL && towards == PeerKind.INTERNAL) {
      return Optional.empty();
    }
    return Optional.of(new Path(path.attributes(), path.nextHop()));
  }
}
