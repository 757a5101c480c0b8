package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.LocalRoute;
import dev.bugle.bgp.rib.PolicyPeer;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.Aigp;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.ClusterList;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.OnlyToCustomer;
import dev.bugle.bgp.wire.attribute.OriginatorId;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.capability.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one session's paths have to pass before the decision (RFC 4271 §9.1.1): loops and next hops
 * that cannot be, and then the peer's import policy. Pure; the counterpart of {@link
 * dev.bugle.bgp.rib.Export}.
 *
 * @param peer whose paths these are
 * @param policy which of them are accepted, and what is changed; empty where none was given
 * @param external whether the peer is in another AS, where no policy means that nothing is accepted
 * @param role what we are to the peer, where that was agreed (RFC 9234)
 * @param own what is ours, and therefore a loop
 */
public record Import(
    PolicyPeer peer, Optional<RoutePolicy> policy, boolean external, Optional<Role> role, Own own) {

  private static final int AIGP = 26;

  /**
   * What is ours.
   *
   * @param asns our AS numbers; the first one is prepended where the policy says so
   * @param identifier our BGP Identifier
   * @param clusterId that of our cluster, where we reflect routes; by default the identifier
   * @param addresses our addresses on this session
   */
  public record Own(
      List<Long> asns, Ipv4Address identifier, Ipv4Address clusterId, Set<IpAddress> addresses) {

    /** Copies the collections. */
    public Own {
      if (asns.isEmpty()) {
        throw new IllegalArgumentException("we have an AS number");
      }
      asns = List.copyOf(asns);
      addresses = Set.copyOf(addresses);
    }
  }

  /** The same with this policy. */
  public Import withPolicy(Optional<RoutePolicy> changed) {
    return new Import(peer, changed, external, role, own);
  }

  /**
   * What becomes of a path whatever its destination is: whether it can be used at all. This is
   * asked once for all destinations of an UPDATE.
   */
  public Eligibility admit(LearnedPath.Content received) {
    PathAttributes attributes = received.attributes();
    if (attributes.get(AsPath.class).filter(this::hasOwnAs).isPresent()) {
      return Eligibility.AS_LOOP;
    }
    if (attributes
        .get(OriginatorId.class)
        .filter(originator -> originator.identifier().equals(own.identifier()))
        .isPresent()) {
      return Eligibility.ORIGINATOR_LOOP;
    }
    if (attributes
        .get(ClusterList.class)
        .filter(list -> list.clusterIds().contains(own.clusterId()))
        .isPresent()) {
      return Eligibility.CLUSTER_LOOP;
    }
    if (isLeak(attributes)) {
      return Eligibility.ROUTE_LEAK;
    }
    IpAddress nextHop = received.nextHop();
    if (nextHop.isUnspecified() || nextHop.isMulticast() || own.addresses().contains(nextHop)) {
      return Eligibility.NEXT_HOP;
    }
    return policy.isEmpty() && external ? Eligibility.NO_POLICY : Eligibility.ELIGIBLE;
  }

  /** RFC 9234 §5: what only customers were to be told comes from one, or from another's peer. */
  private boolean isLeak(PathAttributes attributes) {
    Optional<OnlyToCustomer> mark = attributes.get(OnlyToCustomer.class);
    if (mark.isEmpty() || role.isEmpty()) {
      return false;
    }
    return switch (role.get()) {
      case PROVIDER, RS -> true;
      case PEER -> mark.get().asn() != peer.asn();
      case CUSTOMER, RS_CLIENT -> false;
    };
  }

  private boolean hasOwnAs(AsPath path) {
    for (AsPath.Segment segment : path.segments()) {
      for (long asn : segment.asns()) {
        if (own.asns().contains(asn)) {
          return true;
        }
      }
    }
    return false;
  }

  /** What becomes of a path to that destination. */
  public Imported apply(Nlri destination, LearnedPath.Content received) {
    return apply(destination, received, admit(received));
  }

  /**
   * What becomes of a path to that destination. The policy is asked for prefixes; destinations of
   * other kinds are accepted by {@link RoutePolicy#ACCEPT_ALL} or without a policy, and rejected by
   * any other.
   *
   * @param admitted what {@link #admit} has said of the path
   */
  public Imported apply(Nlri destination, LearnedPath.Content received, Eligibility admitted) {
    RoutePolicy asked = policy.orElse(RoutePolicy.ACCEPT_ALL);
    if (admitted != Eligibility.ELIGIBLE) {
      return new Imported(received, admitted);
    }
    LearnedPath.Content taken =
        external ? received.withAttributes(taken(received.attributes())) : received;
    if (asked.equals(RoutePolicy.ACCEPT_ALL)) {
      return Imported.unchanged(taken);
    }
    if (!(destination instanceof Prefix prefix)) {
      return new Imported(received, Eligibility.POLICY);
    }
    // The next hop of the other IP version (RFC 8950) is none that a policy speaks of.
    Optional<IpAddress> nextHop =
        Optional.of(received.nextHop()).filter(hop -> hop.isIpv4() == prefix.address().isIpv4());
    LocalRoute route = new LocalRoute(prefix, taken.attributes(), 0, nextHop);
    return asked
        .apply(peer, route)
        .map(accepted -> Imported.unchanged(content(received, accepted)))
        .orElseGet(() -> new Imported(received, Eligibility.POLICY));
  }

  /** What the protocols make of a path of another AS, before the policy sees it. */
  private PathAttributes taken(PathAttributes received) {
    PathAttributes taken = received;
    if (received.get(Aigp.class).isPresent()) {
      taken = taken.without(AIGP); // RFC 7311 §3.1: its metric is none of ours.
    }
    if (received.communities().contains(Community.GRACEFUL_SHUTDOWN)) {
      taken = taken.with(new LocalPref(0)); // RFC 8326 §4.2
    }
    if (received.get(OnlyToCustomer.class).isEmpty() && marksWhatIsReceived()) {
      taken = taken.with(new OnlyToCustomer(peer.asn())); // RFC 9234 §5
    }
    return taken;
  }

  private boolean marksWhatIsReceived() {
    return role.filter(own -> own == Role.CUSTOMER || own == Role.PEER || own == Role.RS_CLIENT)
        .isPresent();
  }

  private LearnedPath.Content content(LearnedPath.Content received, LocalRoute accepted) {
    PathAttributes attributes = accepted.attributes();
    if (accepted.prepend() > 0) {
      AsPath path = attributes.get(AsPath.class).orElse(AsPath.EMPTY);
      long asn = own.asns().get(0);
      attributes = attributes.with(path.prepend(asn, accepted.prepend()));
    }
    return new LearnedPath.Content(
        attributes, accepted.nextHop().orElse(received.nextHop()), received.pathIdentifier());
  }
}
