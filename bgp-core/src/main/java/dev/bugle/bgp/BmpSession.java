package dev.bugle.bgp;

import dev.bugle.bgp.bmp.BmpPeer;
import dev.bugle.bgp.bmp.PeerDown;
import dev.bugle.bgp.bmp.RouteMonitoring;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import java.time.Instant;
import java.util.Optional;

/** A session that stands, as the station knows it, and how it has ended, if it has. */
final class BmpSession {

  private final Connection connection;
  private final Negotiated negotiated;
  private final BmpPeer peer;
  private Optional<PeerDown> ending = Optional.empty();

  private BmpSession(Connection connection, Negotiated negotiated, BmpPeer peer) {
    this.connection = connection;
    this.negotiated = negotiated;
    this.peer = peer;
  }

  /** That of a session; empty when its connection is gone already. */
  static Optional<BmpSession> of(Connection connection, Negotiated negotiated) {
    int flags = negotiated.codec().fourOctetAs() ? 0 : BmpPeer.TWO_OCTET_AS;
    return connection
        .endpoints()
        .map(
            ends ->
                new BmpSession(
                    connection,
                    negotiated,
                    BmpPeer.global(
                        flags,
                        IpAddress.of(ends.remote().getAddress()),
                        negotiated.peerAs(),
                        negotiated.peerIdentifier(),
                        BmpPeer.micros(Instant.now()))));
  }

  Connection connection() {
    return connection;
  }

  Negotiated negotiated() {
    return negotiated;
  }

  /** The peer since the session has begun. */
  BmpPeer peer() {
    return peer;
  }

  /** The peer now. */
  BmpPeer now() {
    return peer.at(Instant.now());
  }

  /** An UPDATE of one of its tables. */
  RouteMonitoring monitoring(int flags, Bytes update) {
    return new RouteMonitoring(now().with(flags), update);
  }

  /** It ends for this reason. */
  void ends(int reason, Bytes data) {
    ending = Optional.of(new PeerDown(peer, reason, data));
  }

  /** How it has ended: by what was said, or else the connection was lost, or we are silent. */
  PeerDown ending(boolean connectionLost) {
    PeerDown silent =
        connectionLost
            ? new PeerDown(peer, PeerDown.PEER_CLOSED, Bytes.EMPTY)
            : new PeerDown(peer, PeerDown.WE_CLOSED, PeerDown.event(0));
    PeerDown last = ending.orElse(silent);
    return new PeerDown(now(), last.reason(), last.data());
  }
}
