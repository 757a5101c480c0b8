package dev.bugle.it;

import dev.bugle.bgp.PeerPart;
import dev.bugle.bgp.wire.Ipv4Address;

/**
 * A neighbour that each of the compared routers has: one that feeds it, or the one that is told.
 *
 * @param host the last octet of its address, of its BGP Identifier and of the prefix that it marks
 *     its steps with
 * @param asn its AS number
 * @param part what it is to the router
 */
record ComparedPeer(int host, long asn, PeerPart part) {

  /** Whether it is in another AS, and in no member of our confederation. */
  boolean isExternal() {
    return !isInternal() && !isMember();
  }

  /** Whether it is in another member AS of our confederation. */
  boolean isMember() {
    return Topology.MEMBERS.contains(asn);
  }

  boolean isInternal() {
    return asn == Bugle.AS;
  }

  String name() {
    return "peer" + host;
  }

  Ipv4Address identifier() {
    return Ipv4Address.parse("10.0.0." + host);
  }

  @Override
  public String toString() {
    return name() + " (AS " + asn + ")";
  }
}
