package dev.bugle.bgp;

import dev.bugle.bgp.wire.IpAddress;
import java.util.Optional;

/**
 * How a peer is reached over TCP, and how the connections with it are protected. What is asked for
 * and cannot be had is an error; there is never a connection without it.
 *
 * @param port that we connect to, 1 to 65535
 * @param localAddress that we connect from; empty: the system chooses
 * @param zone the interface of a link-local peer, see {@link PeerAddress}
 * @param interfaceName the network interface, or VRF device, that connections must run over; empty:
 *     the system chooses
 * @param ttl how far the peer may be away
 * @param authentication of every segment; empty: none
 */
public record PeerTransport(
    int port,
    Optional<IpAddress> localAddress,
    Optional<String> zone,
    Optional<String> interfaceName,
    TtlRule ttl,
    Optional<TcpAuthentication> authentication) {

  /** Port 179, from any address, over any interface; an external peer is one hop away. */
  public static final PeerTransport DEFAULT =
      new PeerTransport(
          PeerConfig.BGP_PORT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          TtlRule.BY_RELATION,
          Optional.empty());

  /** Checks the values. */
  public PeerTransport {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 1 to 65535");
    }
    interfaceName.ifPresent(PeerTransport::requireInterfaceName);
  }

  /** As Linux takes them: what fits into 15 octets, without a blank and without a slash. */
  private static void requireInterfaceName(String name) {
    if (!name.matches("[\\x21-\\x7e&&[^/]]{1,15}")) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name of a network interface; expected 1 to 15 characters");
    }
  }

  /** The same with this zone. */
  PeerTransport withZone(Optional<String> other) {
    return new PeerTransport(port, localAddress, other, interfaceName, ttl, authentication);
  }
}
