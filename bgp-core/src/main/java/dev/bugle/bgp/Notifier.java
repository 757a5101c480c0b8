package dev.bugle.bgp;

import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a peer's listener and keeps what it throws away from the session. */
final class Notifier {

  private static final Logger log = LoggerFactory.getLogger(Notifier.class);

  private final Peer peer;
  private final PeerListener listener;

  Notifier(Peer peer, PeerListener listener) {
    this.peer = peer;
    this.listener = listener;
  }

  void stateChanged(SessionState from, SessionState to, String cause) {
    guarded(() -> listener.stateChanged(peer, from, to, cause));
  }

  void updateReceived(UpdateMessage update) {
    guarded(() -> listener.updateReceived(peer, update));
  }

  void routeRefreshReceived(RouteRefreshMessage mark) {
    guarded(() -> listener.routeRefreshReceived(peer, mark));
  }

  void notificationSent(NotificationMessage notification) {
    guarded(() -> listener.notificationSent(peer, notification));
  }

  void notificationReceived(NotificationMessage notification) {
    guarded(() -> listener.notificationReceived(peer, notification));
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException failure) {
      log.error("peer {}: the listener failed; the session goes on", peer, failure);
    }
  }
}
