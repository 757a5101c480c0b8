package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.PeerKind;
import dev.bugle.bgp.rib.PolicyPeer;
import dev.bugle.bgp.rib.PolicyRoute;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.attribute.Aigp;
import dev.bugle.bgp.wire.attribute.AsPath;
import dev.bugle.bgp.wire.attribute.AsPath.SegmentType;
import dev.bugle.bgp.wire.attribute.ClusterList;
import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.LocalPref;
import dev.bugle.bgp.wire.attribute.OnlyToCustomer;
import dev.bugle.bgp.wire.attribute.OriginatorId;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.capability.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one session's paths have to pass before the decision (RFC 4271 §9.1.1): loops and next hops
 * that cannot be, and then the peer's import policy. Pure; the counterpart of {@link
 * dev.bugle.bgp.rib.Export}.
 *
 * @param peer whose paths these are
 * @param policy which of them are accepted, and what is changed; empty where none was given, so
 *     that nothing of another AS is accepted (RFC 8212 §2.1)
 * @param terms what the peer is to us
 * @param own what is ours, and therefore a loop
 */
public record Import(PolicyPeer peer, Optional<RoutePolicy> policy, Terms terms, Own own) {

  /**
   * What the peer is to us, and what follows from it.
   *
   * @param from what it is
   * @param role what we are to the peer, where that was agreed (RFC 9234)
   * @param enforceFirstAs whether paths begin with its AS number (RFC 4271 §6.3)
   * @param aigp whether AIGP is taken from it (RFC 7311 §3.3)
   */
  public record Terms(PeerKind from, Optional<Role> role, boolean enforceFirstAs, boolean aigp) {

    /**
     * As is usual. A route server's paths do not begin with its AS number (RFC 7947 §2.2.2), and it
     * is known as one by its kind or by our role.
     */
    public static Terms usual(PeerKind from, Optional<Role> role) {
      boolean isRouteServer =
          from == PeerKind.ROUTE_SERVER || role.filter(Role.RS_CLIENT::equals).isPresent();
      return new Terms(from, role, !isRouteServer, !from.isOutside());
    }

    /** The same without roles. */
    Terms withoutRole() {
      return new Terms(from, Optional.empty(), enforceFirstAs, aigp);
    }

    /** The same, whatever is usual, with this answer to whether paths begin with its AS number. */
    public Terms withFirstAs(boolean isEnforced) {
      return new Terms(from, role, isEnforced, aigp);
    }

    /** The same, whatever is usual, with this answer to whether AIGP is taken from it. */
    public Terms withAigp(boolean isTaken) {
      return new Terms(from, role, enforceFirstAs, isTaken);
    }
  }

  /**
   * What is ours.
   *
   * @param asns our AS numbers, by which other ASes know us
   * @param member the AS that we are in, which is our member AS in a confederation (RFC 5065)
   * @param identifier our BGP Identifier
   * @param clusterId that of our cluster, where we reflect routes; by default the identifier
   * @param addresses our addresses on this session
   */
  public record Own(
      List<Long> asns,
      long member,
      Ipv4Address identifier,
      Ipv4Address clusterId,
      Set<IpAddress> addresses) {

    /** Copies the collections. */
    public Own {
      if (asns.isEmpty()) {
        throw new IllegalArgumentException("we have an AS number");
      }
      asns = List.copyOf(asns);
      addresses = Set.copyOf(addresses);
    }
  }

  /** The same for the paths of one family: roles are of unicast alone (RFC 9234 §5). */
  public Import of(AddressFamily family) {
    return family.isUnicast() || terms.role().isEmpty()
        ? this
        : new Import(peer, policy, terms.withoutRole(), own);
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
    if (terms.enforceFirstAs() && !beginsWithPeer(attributes)) {
      return Eligibility.FIRST_AS;
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
    // Deviates from RFC 8955 §6, RFC 9117: whether a flow specification is feasible is not asked.
    if (received.nextHop().filter(this::leadsNowhere).isPresent()) {
      return Eligibility.NEXT_HOP;
    }
    return policy.isEmpty() && terms.from().isOutside()
        ? Eligibility.NO_POLICY
        : Eligibility.ELIGIBLE;
  }

  private boolean leadsNowhere(IpAddress nextHop) {
    return nextHop.isUnspecified() || nextHop.isMulticast() || own.addresses().contains(nextHop);
  }

  /** RFC 9234 §5: what only customers were to be told comes from one, or from another's peer. */
  private boolean isLeak(PathAttributes attributes) {
    Optional<OnlyToCustomer> mark = attributes.get(OnlyToCustomer.class);
    if (mark.isEmpty() || terms.role().isEmpty()) {
      return false;
    }
    return switch (terms.role().get()) {
      case PROVIDER, RS -> true;
      case PEER -> mark.get().asn() != peer.asn();
      case CUSTOMER, RS_CLIENT -> false;
    };
  }

  private boolean hasOwnAs(AsPath path) {
    for (AsPath.Segment segment : path.segments()) {
      for (int i = 0; i < own.asns().size(); i++) { // of each UPDATE
        if (segment.asns().contains(own.asns().get(i))) {
          return true;
        }
      }
      if (segment.type().isConfederation() && segment.asns().contains(own.member())) {
        return true; // RFC 5065 §4
      }
    }
    return false;
  }

  private boolean beginsWithPeer(PathAttributes attributes) {
    return switch (terms.from()) {
      case EXTERNAL, ROUTE_SERVER, ROUTE_SERVER_CLIENT ->
          beginsWithPeer(attributes, SegmentType.AS_SEQUENCE);
      case CONFEDERATION -> beginsWithPeer(attributes, SegmentType.AS_CONFED_SEQUENCE);
      case INTERNAL, CLIENT -> true;
    };
  }

  private boolean beginsWithPeer(PathAttributes attributes, SegmentType type) {
    List<AsPath.Segment> segments =
        attributes.get(AsPath.class).map(AsPath::segments).orElse(List.of());
    return !segments.isEmpty()
        && segments.get(0).type() == type
        && segments.get(0).asns().get(0) == peer.asn();
  }

  /** What becomes of a path to that destination. */
  public Imported apply(Nlri destination, LearnedPath.Content received) {
    return apply(destination, received, admit(received));
  }

  /**
   * Whether {@link #apply} may answer differently for two destinations of one path. Otherwise it
   * need be asked only once for all of an UPDATE.
   */
  public boolean dependsOnDestination() {
    return policy.filter(RoutePolicy::asksDestination).isPresent();
  }

  /**
   * What becomes of a path to that destination.
   *
   * @param admitted what {@link #admit} has said of the path
   */
  public Imported apply(Nlri destination, LearnedPath.Content received, Eligibility admitted) {
    RoutePolicy asked = policy.orElse(RoutePolicy.ACCEPT_ALL);
    if (admitted != Eligibility.ELIGIBLE) {
      return new Imported(received, admitted);
    }
    LearnedPath.Content taken = received.withAttributes(taken(received.attributes()));
    if (asked.equals(RoutePolicy.ACCEPT_ALL)) {
      return Imported.unchanged(taken);
    }
    PolicyRoute route = new PolicyRoute(destination, taken.attributes(), 0, received.nextHop());
    return asked
        .apply(peer, route)
        .map(accepted -> Imported.unchanged(content(received, accepted)))
        .orElseGet(() -> new Imported(received, Eligibility.POLICY));
  }

  /** What the protocols make of a path, before the policy sees it. */
  private PathAttributes taken(PathAttributes received) {
    PathAttributes taken = terms.aigp() ? received : received.without(Aigp.class);
    return switch (terms.from()) {
      case EXTERNAL, ROUTE_SERVER, ROUTE_SERVER_CLIENT -> takenFromOutside(taken);
      // RFC 4456 §8: what another AS has reflected is no matter of ours.
      case CONFEDERATION -> taken.without(OriginatorId.class).without(ClusterList.class);
      case INTERNAL, CLIENT -> taken;
    };
  }

  private PathAttributes takenFromOutside(PathAttributes received) {
    PathAttributes taken = received;
    List<Community> communities = received.communities();
    if (communities.contains(Community.GRACEFUL_SHUTDOWN)) {
      taken = taken.with(new LocalPref(0)); // RFC 8326 §4.2
    }
    // RFC 7999 §3.2; a route server passes on what its clients say to one another.
    if (communities.contains(Community.BLACKHOLE)
        && !communities.contains(Community.NO_EXPORT)
        && terms.from() != PeerKind.ROUTE_SERVER_CLIENT) {
      List<Community> more = new ArrayList<>(communities);
      more.add(Community.NO_EXPORT);
      taken = taken.with(new Communities(more));
    }
    if (received.get(OnlyToCustomer.class).isEmpty() && marksWhatIsReceived()) {
      taken = taken.with(new OnlyToCustomer(peer.asn())); // RFC 9234 §5
    }
    return taken;
  }

  private boolean marksWhatIsReceived() {
    return terms
        .role()
        .filter(own -> own == Role.CUSTOMER || own == Role.PEER || own == Role.RS_CLIENT)
        .isPresent();
  }

  private LearnedPath.Content content(LearnedPath.Content received, PolicyRoute accepted) {
    PathAttributes attributes = accepted.attributes();
    if (accepted.prepend() > 0) {
      // Not ours, which nobody else in our AS would take.
      AsPath path = attributes.get(AsPath.class).orElse(AsPath.EMPTY);
      attributes = attributes.with(path.repeat(accepted.prepend()));
    }
    return new LearnedPath.Content(
        attributes, accepted.nextHop().or(received::nextHop), received.pathIdentifier());
  }
}
