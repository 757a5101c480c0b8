package dev.bugle.bgp;

import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.IpAddress;
import java.util.Optional;

/**
 * Which peer it is.
 *
 * @param address there is one peer for an address; {@code ::} where it is whatever router is behind
 *     an interface
 * @param zone the interface of a link-local address, or the one that is the peer
 * @param remoteAs that it must be in
 * @param description for people; may be empty
 */
public record PeerIdentity(
    IpAddress address, Optional<String> zone, RemoteAs remoteAs, String description) {

  static PeerIdentity of(PeerConfig config) {
    return new PeerIdentity(
        config.address(), config.peerAddress().zone(), config.remoteAs(), config.description());
  }

  /** Where it is, as in messages: {@code 192.0.2.254}, {@code fe80::1%eth0} or {@code eth0}. */
  public PeerAddress peerAddress() {
    return new PeerAddress(address, zone);
  }
}
