package dev.bugle.it;

import dev.bugle.bgp.PeerPart;
import dev.bugle.bgp.rib.table.NextHopRule;
import java.util.List;
import java.util.stream.Stream;

/** What the compared routers are among their neighbours. The first of these only listens. */
enum Topology {
  /** Other ASes on all sides; two neighbours are of one, so that MULTI_EXIT_DISC decides. */
  EXTERNAL(
      NextHopRule.SELF,
      external(20, 64700),
      external(11, 64601),
      external(12, 64601),
      external(13, 4_200_000_002L),
      external(14, 64603)),

  /** The same, where a next hop in the network that all share is left as it is. */
  THIRD_PARTY(
      NextHopRule.THIRD_PARTY,
      external(20, 64700),
      external(11, 64601),
      external(12, 64601),
      external(13, 64602)),

  /** Two neighbours are of our own AS, and get our next hop. */
  BORDER(
      NextHopRule.SELF,
      external(20, 64700),
      external(11, 64601),
      external(12, 64602),
      internal(13),
      internal(14)),

  /** The same, with MULTI_EXIT_DISC among the paths of one neighbouring AS alone. */
  BORDER_MED(
      NextHopRule.SELF,
      external(20, 64700),
      external(11, 64601),
      external(12, 64602),
      internal(13),
      internal(14)),

  /** Two neighbours are of our own AS, and get the next hops of other ASes. */
  INTERNAL(
      NextHopRule.UNCHANGED,
      internal(20),
      external(11, 64601),
      external(12, 64601),
      external(13, 64602),
      internal(14)),

  /** A route reflector (RFC 4456): clients, one that is none, and another AS. */
  REFLECTOR(
      NextHopRule.UNCHANGED, client(20), external(11, 64601), client(12), client(13), internal(14)),

  /** A route server (RFC 7947). */
  ROUTE_SERVER(
      NextHopRule.UNCHANGED,
      served(20, 64700),
      served(11, 64601),
      served(12, 64601),
      served(13, 64602),
      served(14, 64603));

  private final NextHopRule nextHop;
  private final ComparedPeer receiver;
  private final List<ComparedPeer> feeders;

  Topology(NextHopRule nextHop, ComparedPeer receiver, ComparedPeer... feeders) {
    this.nextHop = nextHop;
    this.receiver = receiver;
    this.feeders = List.of(feeders);
  }

  private static ComparedPeer external(int host, long asn) {
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

  /** Which next hop they are given. */
  NextHopRule nextHop() {
    return nextHop;
  }

  ComparedPeer receiver() {
    return receiver;
  }

  List<ComparedPeer> feeders() {
    return feeders;
  }

  List<ComparedPeer> peers() {
    return Stream.concat(feeders.stream(), Stream.of(receiver)).toList();
  }

  /**
   * Whether MULTI_EXIT_DISC is compared also between different neighbouring ASes. Else the paths
   * are in no order, and BIRD 2.0 loses its way where a neighbour's path changes its neighbouring
   * AS, which only those of our own AS can do.
   */
  boolean comparesMedOfAll() {
    return this != BORDER_MED && feeders.stream().anyMatch(feeder -> !feeder.isExternal());
  }

  /** Whether BIRD is compared. */
  boolean hasBird() {
    return this != BORDER_MED;
  }

  /** Whether a neighbour is told of what another announces, at all (RFC 4271 §9.2). */
  static boolean isTold(ComparedPeer from, ComparedPeer to) {
    boolean isWithinAs = !from.isExternal() && !to.isExternal();
    return !from.equals(to)
        && (!isWithinAs
            || from.part() == PeerPart.REFLECTOR_CLIENT
            || to.part() == PeerPart.REFLECTOR_CLIENT);
  }
}
