package dev.bugle.bgp;

import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;

/**
 * What a peer does. Every method is called on the peer's event loop, one at a time, in the order in
 * which things happened: do not block. What a method throws is logged and otherwise ignored.
 */
public interface PeerListener {

  /** Listens to nothing. */
  PeerListener NONE = new PeerListener() {};

  /**
   * The listener hears the peer from now on: what follows begins where this status ends. Comes
   * before everything else, once.
   */
  default void subscribed(Peer peer, PeerStatus status) {}

  /**
   * The session is in another state.
   *
   * @param cause for people
   */
  default void stateChanged(Peer peer, SessionState from, SessionState to, String cause) {}

  /**
   * The session is in the state in which it was, for another reason: what it waits for, for
   * instance.
   *
   * @param cause for people
   */
  default void causeChanged(Peer peer, SessionState state, String cause) {}

  /** An UPDATE arrived on the established session. */
  default void updateReceived(Peer peer, UpdateMessage update) {}

  /**
   * The peer marks the beginning or the end of routes that it sends again (RFC 7313): {@link
   * RouteRefreshMessage#BORR} or {@link RouteRefreshMessage#EORR}. Its requests are answered and
   * not told.
   */
  default void routeRefreshReceived(Peer peer, RouteRefreshMessage mark) {}

  /** We ended a connection with this NOTIFICATION. */
  default void notificationSent(Peer peer, NotificationMessage notification) {}

  /** The peer ended a connection with this NOTIFICATION. */
  default void notificationReceived(Peer peer, NotificationMessage notification) {}
}
