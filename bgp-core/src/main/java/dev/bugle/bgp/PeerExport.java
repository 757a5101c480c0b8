package dev.bugle.bgp;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import java.util.Map;

/**
 * How routes are told to a peer.
 *
 * @param nextHops given for the routes of a family instead of our own address on the session
 */
public record PeerExport(Map<AddressFamily, IpAddress> nextHops) {

  /** Every route, with our own address as next hop. */
  public static final PeerExport DEFAULT = new PeerExport(Map.of());

  /** Copies the map. */
  public PeerExport {
    nextHops = Map.copyOf(nextHops);
  }
}
