package dev.bugle.bgp;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * A speaker at one moment; its peers one after the other.
 *
 * @param asn our AS number
 * @param routerId our BGP Identifier
 * @param listenAddresses where it listens; a port 0 of the configuration is resolved
 * @param desiredRoutes how many destinations are to be announced
 * @param peers in the order of their addresses
 */
public record SpeakerStatus(
    long asn,
    Ipv4Address routerId,
    List<InetSocketAddress> listenAddresses,
    long desiredRoutes,
    List<PeerStatus> peers) {

  /** Copies the lists. */
  public SpeakerStatus {
    listenAddresses = List.copyOf(listenAddresses);
    peers = List.copyOf(peers);
  }

  /** The peer with this address, if there is one. */
  public Optional<PeerStatus> peer(IpAddress address) {
    return peers.stream().filter(one -> one.peer().address().equals(address)).findFirst();
  }
}
