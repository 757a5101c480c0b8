package dev.bugle.bgp;

import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import java.util.Map;

/**
 * How routes are told to a peer.
 *
 * @param nextHops given for the routes of a family instead of our own address on the session
 * @param policy which routes the peer is told, and how they are changed for it
 */
public record PeerExport(Map<AddressFamily, IpAddress> nextHops, RoutePolicy policy) {

  /** Every route as it is, with our own address as next hop. */
  public static final PeerExport DEFAULT = new PeerExport(Map.of(), RoutePolicy.ACCEPT_ALL);

  /** Copies the map. */
  public PeerExport {
    nextHops = Map.copyOf(nextHops);
  }
}
