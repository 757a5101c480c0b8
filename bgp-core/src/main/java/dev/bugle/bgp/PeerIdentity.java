package dev.bugle.bgp;

import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.IpAddress;

/**
 * Which peer it is.
 *
 * @param address there is one peer for an address
 * @param remoteAs that it must be in
 * @param description for people; may be empty
 */
public record PeerIdentity(IpAddress address, RemoteAs remoteAs, String description) {

  static PeerIdentity of(PeerConfig config) {
    return new PeerIdentity(config.address(), config.remoteAs(), config.description());
  }
}
