package dev.bugle.bgp;

import dev.bugle.bgp.wire.IpAddress;
import java.util.Optional;

/**
 * How a peer is reached over TCP.
 *
 * @param port that we connect to, 1 to 65535
 * @param localAddress that we connect from; empty: the system chooses
 */
public record PeerTransport(int port, Optional<IpAddress> localAddress) {

  /** Port 179, from any address. */
  public static final PeerTransport DEFAULT =
      new PeerTransport(PeerConfig.BGP_PORT, Optional.empty());

  /** Checks the values. */
  public PeerTransport {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 1 to 65535");
    }
  }
}
