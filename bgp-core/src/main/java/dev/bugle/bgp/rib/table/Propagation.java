package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.OwnAs;
import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.rib.PeerKind;
import dev.bugle.bgp.rib.PolicyRoute;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.OnlyToCustomer;
import dev.bugle.bgp.wire.capability.Role;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What peers of one kind are told of what was learned, in one address family (RFC 4271 §9.1.3,
 * §9.2). Pure, and equal for peers that are told the same. It knows nothing of one single peer: who
 * uses it sees to it that no peer is told its own paths.
 *
 * <p>First it is decided whether such a peer may be told of the path at all, by where it came from
 * and what it is marked with; a policy cannot change that, only the import policy can. Then the
 * policy is asked, which sees the path as it was accepted, without what does not cross the border
 * of an AS unless a policy sets it anew. Then the path is fitted to the peer.
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
   * What of ours goes into paths.
   *
   * @param as our AS numbers
   * @param clusterId that of our cluster, where we reflect routes (RFC 4456)
   */
  public record Own(OwnAs as, Ipv4Address clusterId) {}

  /** Copies the set, and checks that the policy does not tell peers apart. */
  public Propagation {
    policy
        .filter(RoutePolicy::asksPeer)
        .ifPresent(
            asked -> {
              throw new IllegalArgumentException(
                  "the policy "
                      + asked
                      + " tells peers apart, and this is for all of a group; take what it is"
                      + " forPeer");
            });
    Set<Feature> ordered = EnumSet.noneOf(Feature.class);
    ordered.addAll(features);
    features = Collections.unmodifiableSet(ordered);
  }

  /**
   * Whether {@link #apply} may answer differently for two destinations of one path. Otherwise it
   * need be asked only once for each path, with any of its destinations.
   */
  public boolean dependsOnDestination() {
    return policy.filter(RoutePolicy::asksDestination).isPresent();
  }

  /**
   * The path to tell the peers of that destination; empty when they are told none. It changes with
   * its arguments alone, except that AIGP follows what {@link NextHopChoice#ways} says. Never
   * throws.
   *
   * @param destination of the family, that the path leads to
   * @param path that was accepted
   */
  public Optional<Path> apply(Nlri destination, LearnedPath path) {
    if (!reaches(path)) {
      return Optional.empty();
    }
    Passage passage = new Passage(this, path);
    PolicyRoute offered =
        new PolicyRoute(destination, passage.offered(), 0, nextHop.offered(passage));
    return policy
        .map(asked -> asked.apply(offered))
        .orElse(Optional.of(offered))
        .flatMap(passage::fitted);
  }

  private boolean reaches(LearnedPath path) {
    if (!path.isEligible()) {
      return false;
    }
    if (policy.isEmpty() && towards.isOutside()) {
      return false; // RFC 8212 §2.2
    }
    PathSource.Kind from = path.source().kind();
    boolean isReflected = from.isInOurAs() && towards.isInOurAs();
    if (isReflected && from != PathSource.Kind.CLIENT && towards != PeerKind.CLIENT) {
      return false; // RFC 4271 §9.2, RFC 4456 §6
    }
    return communitiesAllow(path) && !isLeak(path);
  }

  private boolean communitiesAllow(LearnedPath path) {
    List<Community> communities = path.attributes().communities();
    if (communities.isEmpty()) {
      return true;
    }
    if (communities.contains(Community.LLGR_STALE)
        && !features.contains(Feature.LONG_LIVED_GRACEFUL_RESTART)) {
      return false; // RFC 9494 §4.3
    }
    if (isTransparentFor(path)) {
      return true; // RFC 7947 §2.2.4: they speak to its clients, not to a route server.
    }
    if (communities.contains(Community.NO_ADVERTISE)) {
      return false; // RFC 1997
    }
    if (communities.contains(Community.NO_EXPORT_SUBCONFED) && !towards.isInOurAs()) {
      return false; // RFC 1997
    }
    if (communities.contains(Community.NO_EXPORT) && towards.isOutside()) {
      return false; // RFC 1997
    }
    // RFC 3765 §2 speaks of bilateral peers, which the role tells from customers and providers.
    return !communities.contains(Community.NO_PEER) || role.filter(Role.PEER::equals).isEmpty();
  }

  /** RFC 9234 §5: what only customers are to be told goes neither up nor aside. */
  private boolean isLeak(LearnedPath path) {
    return hasRoles()
        && role.filter(ours -> ours != Role.PROVIDER && ours != Role.RS).isPresent()
        && path.attributes().get(OnlyToCustomer.class).isPresent();
  }

  /** RFC 9234 §5: roles are of sessions between ASes, and OTC is of unicast. */
  private boolean hasRoles() {
    return towards.isOutside() && family.isUnicast();
  }

  /** Whether the path is to be marked so that the peers tell it only downwards (RFC 9234 §5). */
  boolean marksOnlyToCustomer() {
    return hasRoles()
        && role.filter(ours -> ours == Role.PROVIDER || ours == Role.PEER || ours == Role.RS)
            .isPresent();
  }

  /** Whether we leave the path as another AS made it, as a route server does (RFC 7947 §2.2). */
  boolean isTransparentFor(LearnedPath path) {
    return towards == PeerKind.ROUTE_SERVER_CLIENT
        && path.source().kind() == PathSource.Kind.EXTERNAL;
  }
}
