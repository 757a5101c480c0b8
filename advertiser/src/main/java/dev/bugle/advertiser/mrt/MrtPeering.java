package dev.bugle.advertiser.mrt;

import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.session.RemoteAs;
import java.util.Optional;

/**
 * Who speaks, and with which peers.
 *
 * @param localAs our AS number
 * @param routerId our BGP Identifier
 * @param remoteAs which AS the peers are in
 * @param port where they listen
 * @param localAddress from which we connect; empty: the system chooses
 */
public record MrtPeering(
    long localAs, String routerId, RemoteAs remoteAs, int port, Optional<String> localAddress) {

  SpeakerConfig speaker() {
    return SpeakerConfig.builder(localAs, routerId).build();
  }

  PeerConfig peer(String address) {
    PeerConfig.Builder peer = PeerConfig.builder(address, remoteAs).port(port);
    localAddress.ifPresent(peer::localAddress);
    return peer.build();
  }
}
