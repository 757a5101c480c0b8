package dev.bugle.bgp.session;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.time.Duration;

/** What the driver shall do, in the order of the list. */
public sealed interface Action {

  /** Open a TCP connection to the peer; answer with ConnectionOpened or ConnectionFailed. */
  record OpenConnection() implements Action {}

  /** Close this connection once what was sent is flushed; no event of it is wanted any more. */
  record CloseConnection(Initiator initiator) implements Action {}

  /** The connection that the peer just opened is the one that it opened from now on. */
  record AcceptConnection() implements Action {}

  /**
   * The connection that the peer just opened is not wanted: send the error and close it. The
   * connection of that side that stood before, if any, goes on.
   */
  record RejectConnection(BgpError error) implements Action {}

  /** Send a message. */
  record Send(Initiator initiator, Message message) implements Action {}

  /**
   * Start a timer, or start it again.
   *
   * @param jittered whether the delay is to be multiplied by a random 0.75 to 1 (RFC 4271 §10)
   */
  record StartTimer(Initiator initiator, Timer timer, Duration delay, boolean jittered)
      implements Action {}

  /** Stop a timer, running or not. */
  record StopTimer(Initiator initiator, Timer timer) implements Action {}

  /** Routes may be exchanged over this connection; the only one from now on. */
  record SessionUp(Initiator initiator, Negotiated negotiated) implements Action {}

  /**
   * Routes are no longer exchanged, and all that was exchanged is void.
   *
   * @param cause for people
   * @param mayReturn whether the peer has asked that what it announced be kept in such a case, and
   *     we have agreed (RFC 4724 §4.2, RFC 8538 §4)
   */
  record SessionDown(String cause, boolean mayReturn) implements Action {}

  /** An UPDATE of an established session. */
  record DeliverUpdate(UpdateMessage update) implements Action {}

  /**
   * The peer of an established session wants the routes of a family again, or marks where it begins
   * or ends to send its own again.
   */
  record DeliverRouteRefresh(RouteRefreshMessage refresh) implements Action {}

  /**
   * The state is another.
   *
   * @param cause for people
   */
  record StateChanged(SessionState from, SessionState to, String cause) implements Action {}

  /**
   * The state is IDLE as it was, but for another reason: what the session waits for, or that it was
   * stopped while it waited. Comes after the StateChanged that led to IDLE.
   *
   * @param cause for people
   */
  record CauseChanged(String cause) implements Action {}
}
