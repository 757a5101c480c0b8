package dev.bugle.it;

import dev.bugle.bgp.PeerPart;
import dev.bugle.bgp.rib.table.NextHopRule;
import java.util.List;

/** What the compared routers are among their neighbours. */
enum Topology {
  /** Other ASes on all sides; two neighbours are of one, so that MULTI_EXIT_DISC decides. */
  EXTERNAL(NextHopRule.SELF),

  /** The same, where a next hop in the network that all share is left as it is. */
  THIRD_PARTY(NextHopRule.THIRD_PARTY),

  /** The same, with sessions between IPv6 addresses, where all others have IPv4. */
  THIRD_PARTY_OVER_IPV6(NextHopRule.THIRD_PARTY),

  /** Two neighbours are of our own AS, and get our next hop. */
  BORDER(NextHopRule.SELF),

  /** The same, with MULTI_EXIT_DISC among the paths of one neighbouring AS alone. */
  BORDER_MED(NextHopRule.SELF),

  /** Two neighbours are of our own AS, and get the next hops of other ASes. */
  INTERNAL(NextHopRule.UNCHANGED),

  /** A route reflector (RFC 4456): clients, one that is none, and another AS. */
  REFLECTOR(NextHopRule.UNCHANGED),

  /** A route server (RFC 7947). */
  ROUTE_SERVER(NextHopRule.UNCHANGED),

  /**
   * A member AS of a confederation (RFC 5065): two other members, ASes outside, and one within who
   * only listens, since FRR prefers what other members tell to what he would (§5.3).
   */
  CONFEDERATION(NextHopRule.UNCHANGED);

  /** The other member ASes of the confederation in which there are neighbours. */
  static final List<Long> MEMBERS = List.of(64911L, 64912L);

  private final NextHopRule nextHop;

  Topology(NextHopRule nextHop) {
    this.nextHop = nextHop;
  }

  /** Which next hop they are given. */
  NextHopRule nextHop() {
    return nextHop;
  }

  /** Whether the sessions are between IPv4 addresses. */
  boolean isOverIpv4() {
    return this != THIRD_PARTY_OVER_IPV6;
  }

  /** All neighbours: first the one that only listens, then the feeders. */
  List<ComparedPeer> peers() {
    return switch (this) {
      case EXTERNAL ->
          List.of(
              other(20, 64700),
              other(11, 64601),
              other(12, 64601),
              other(13, 4_200_000_002L),
              other(14, 64603));
      case THIRD_PARTY, THIRD_PARTY_OVER_IPV6 ->
          List.of(other(20, 64700), other(11, 64601), other(12, 64601), other(13, 64602));
      case BORDER, BORDER_MED ->
          List.of(other(20, 64700), other(11, 64601), other(12, 64602), internal(13), internal(14));
      case INTERNAL ->
          List.of(internal(20), other(11, 64601), other(12, 64601), other(13, 64602), internal(14));
      case REFLECTOR -> List.of(client(20), other(11, 64601), client(12), client(13), internal(14));
      case ROUTE_SERVER ->
          List.of(
              served(20, 64700),
              served(11, 64601),
              served(12, 64601),
              served(13, 64602),
              served(14, 64603));
      case CONFEDERATION ->
          List.of(
              internal(20), other(11, 64601), other(12, 64911), other(13, 64912), other(14, 64602));
    };
  }

  boolean isConfederation() {
    return this == CONFEDERATION;
  }

  /** The AS that neighbours outside know: that of the confederation, where there is one. */
  long publicAs() {
    return isConfederation() ? 64900 : Bugle.AS;
  }

  private static ComparedPeer other(int host, long asn) {
    return new ComparedPeer(host, asn, PeerPart.PLAIN);
  }

  private static ComparedPeer internal(int host) {
    return new ComparedPeer(host, Bugle.AS, PeerPart.PLAIN);
  }

  private static ComparedPeer client(int host) {
    return new ComparedPeer(host, Bugle.AS, PeerPart.REFLECTOR_CLIENT);
  }

  private static ComparedPeer served(int host, long asn) {
    return new ComparedPeer(host, asn, PeerPart.ROUTE_SERVER_CLIENT);
  }

  ComparedPeer receiver() {
    return peers().get(0);
  }

  List<ComparedPeer> feeders() {
    List<ComparedPeer> all = peers();
    return all.subList(1, all.size());
  }

  /**
   * Whether MULTI_EXIT_DISC is compared also between different neighbouring ASes. Else the paths
   * are in no order, and BIRD 2.0 loses its way where a neighbour's path changes its neighbouring
   * AS, which only those of our own AS can do.
   */
  boolean comparesMedOfAll() {
    return this != BORDER_MED && feeders().stream().anyMatch(feeder -> !feeder.isExternal());
  }

  /** Whether BIRD is compared. */
  boolean hasBird() {
    return this != BORDER_MED;
  }

  /** Whether a neighbour is told of what another announces, at all (RFC 4271 §9.2). */
  static boolean isTold(ComparedPeer from, ComparedPeer to) {
    boolean isWithinAs = from.isInternal() && to.isInternal();
    return !from.equals(to)
        && (!isWithinAs
            || from.part() == PeerPart.REFLECTOR_CLIENT
            || to.part() == PeerPart.REFLECTOR_CLIENT);
  }
}
