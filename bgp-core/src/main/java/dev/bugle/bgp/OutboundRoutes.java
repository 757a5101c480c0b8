package dev.bugle.bgp;

import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.session.Negotiated;
import dev.bugle.bgp.wire.AddressFamily;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the peer of one session is told of routes: nothing while the session does not stand. On the
 * session's event loop.
 */
interface OutboundRoutes {

  /** The session stands: the peer gets everything that it shall know, and what follows. */
  void begin(Connection connection, Negotiated negotiated, PeerConfig config);

  /** The session does not stand any more: who waits for the peer waits no longer. */
  void end();

  /**
   * What changed in the desired set. The stage completes when the socket has it, or the session is
   * over; without changes, when it has everything that is desired now.
   */
  void update(List<LocalRib.Change> changes, CompletableFuture<Void> flushed);

  /**
   * Routes are fitted to the peer in another way from now on; it is told what differs.
   *
   * @param snapshot the desired set
   */
  void refit(PeerConfig config, List<LocalRib.Change> snapshot, CompletableFuture<Void> flushed);

  /** Completes with what the peer knows from us now, in no order; that many paths at most. */
  void advertised(int limit, CompletableFuture<List<AdvertisedRoute>> known);

  /** What is told of the routing tables, for their thread, where there are any. */
  default Optional<Delivery> delivery() {
    return Optional.empty();
  }

  /** The peer wants the routes of a family again. */
  void refresh(AddressFamily family);

  /** The socket may take bytes again, or all that had arrived is read. */
  void send();
}
