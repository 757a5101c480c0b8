package dev.bugle.bgp.session;

import dev.bugle.bgp.session.Action.AcceptConnection;
import dev.bugle.bgp.session.Action.CloseConnection;
import dev.bugle.bgp.session.Action.DeliverRouteRefresh;
import dev.bugle.bgp.session.Action.DeliverUpdate;
import dev.bugle.bgp.session.Action.OpenConnection;
import dev.bugle.bgp.session.Action.RejectConnection;
import dev.bugle.bgp.session.Action.Send;
import dev.bugle.bgp.session.Action.SessionDown;
import dev.bugle.bgp.session.Action.SessionUp;
import dev.bugle.bgp.session.Action.StartTimer;
import dev.bugle.bgp.session.Action.StateChanged;
import dev.bugle.bgp.session.Action.StopTimer;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one peer (RFC 4271 §8). Pure: {@link #handle} takes an event and returns
 * what to do; it never throws. See the package description.
 */
public final class SessionFsm {

  /** The hold time until OPEN has told one (RFC 4271 §8.2.2, "a large value"). */
  static final Duration OPEN_HOLD_TIME = Duration.ofMinutes(4);

  /** How long an attempt to connect may take. */
  static final Duration CONNECT_TIME = Duration.ofSeconds(10);

  private final SessionConfig config;
  private final OpenNegotiation negotiation;
  private final ConnectRetryBackOff backOff;
  private final Map<Initiator, Connection> connections = new EnumMap<>(Initiator.class);
  private final List<Action> actions = new ArrayList<>();
  private boolean running;
  private boolean retryPending;
  private String cause = "";

  /** One of the two connections that a session may have. */
  private static final class Connection {
    /** IDLE when there is none. */
    SessionState state = SessionState.IDLE;

    /** From OPEN_CONFIRM on. */
    @Nullable Negotiated negotiated;
  }

  /** A machine in the state IDLE. */
  public SessionFsm(SessionConfig config) {
    this.config = config;
    this.negotiation = new OpenNegotiation(config);
    this.backOff = new ConnectRetryBackOff(config.connectRetry());
    for (Initiator initiator : Initiator.values()) {
      connections.put(initiator, new Connection());
    }
  }

  /** The session's state: that of the connection that has come furthest. */
  public SessionState state() {
    if (!running) {
      return SessionState.IDLE;
    }
    SessionState local = connection(Initiator.LOCAL).state;
    SessionState remote = connection(Initiator.REMOTE).state;
    SessionState further = local.compareTo(remote) > 0 ? local : remote;
    return further == SessionState.IDLE ? SessionState.ACTIVE : further;
  }

  /** Takes an event and returns what to do about it, in order. */
  public List<Action> handle(Event event) {
    SessionState before = state();
    if (event instanceof Event.Start) {
      start();
    } else if (event instanceof Event.Stop stop) {
      endAll(stop.error(), "stopped: " + stop.error());
      stop();
    } else if (event instanceof Event.Reset reset) {
      endAll(reset.error(), "reset: " + reset.error());
    } else if (event instanceof Event.ConnectionOpened opened) {
      connectionOpened(opened.initiator());
    } else if (event instanceof Event.ConnectionFailed failed) {
      connectionFailed(failed.initiator(), failed.cause());
    } else if (event instanceof Event.TimerExpired expired) {
      timerExpired(expired.initiator(), expired.timer());
    } else if (event instanceof Event.MessageReceived received) {
      messageReceived(received.initiator(), received.message());
    } else if (event instanceof Event.MessageFaulty faulty) {
      fail(faulty.initiator(), faulty.error(), "received: " + faulty.found());
    }
    scheduleRetry();
    SessionState after = state();
    if (after != before) {
      actions.add(new StateChanged(before, after, cause));
    }
    List<Action> result = List.copyOf(actions);
    actions.clear();
    return result;
  }

  private Connection connection(Initiator initiator) {
    return connections.getOrDefault(initiator, new Connection());
  }

  private void start() {
    if (running) {
      return;
    }
    running = true;
    cause = "started";
    backOff.reset();
    if (!config.passive()) {
      connect();
    }
  }

  private void stop() {
    running = false;
    stopRetry();
  }

  private void connect() {
    connection(Initiator.LOCAL).state = SessionState.CONNECT;
    retryPending = false;
    actions.add(new OpenConnection());
    actions.add(new StartTimer(Initiator.LOCAL, Timer.CONNECT_RETRY, CONNECT_TIME, true));
  }

  /** Without a connection of our own or a session in sight, the next attempt must be scheduled. */
  private void scheduleRetry() {
    if (running
        && !config.passive()
        && !retryPending
        && connection(Initiator.LOCAL).state == SessionState.IDLE
        && !remoteIsAhead()) {
      retryPending = true;
      actions.add(new StartTimer(Initiator.LOCAL, Timer.CONNECT_RETRY, backOff.next(), true));
    }
  }

  /** Whether the peer's own connection has got its OPEN; one that is silent does not count. */
  private boolean remoteIsAhead() {
    return connection(Initiator.REMOTE).state.compareTo(SessionState.OPEN_CONFIRM) >= 0;
  }

  private void stopRetry() {
    retryPending = false;
    actions.add(new StopTimer(Initiator.LOCAL, Timer.CONNECT_RETRY));
  }

  private void connectionOpened(Initiator initiator) {
    if (initiator == Initiator.LOCAL) {
      if (connection(Initiator.LOCAL).state == SessionState.CONNECT) {
        cause = "connected to the peer";
        sendOpen(Initiator.LOCAL);
      } else { // closed while it was being opened
        actions.add(new CloseConnection(Initiator.LOCAL));
      }
      return;
    }
    SessionState state = state();
    if (state == SessionState.IDLE) {
      actions.add(new RejectConnection(BgpError.CONNECTION_REJECTED));
    } else if (state == SessionState.ESTABLISHED) { // RFC 4271 §6.8, last paragraph
      actions.add(new RejectConnection(BgpError.CONNECTION_COLLISION_RESOLUTION));
    } else {
      if (connection(Initiator.REMOTE).state != SessionState.IDLE) {
        // The peer has given up its former connection: it has only one of its own at a time.
        end(Initiator.REMOTE, BgpError.CONNECTION_COLLISION_RESOLUTION);
      }
      cause = "the peer connected";
      actions.add(new AcceptConnection());
      sendOpen(Initiator.REMOTE);
    }
  }

  private void sendOpen(Initiator initiator) {
    if (initiator == Initiator.LOCAL) {
      stopRetry();
    }
    connection(initiator).state = SessionState.OPEN_SENT;
    actions.add(new Send(initiator, negotiation.open()));
    actions.add(new StartTimer(initiator, Timer.HOLD, OPEN_HOLD_TIME, false));
  }

  private void connectionFailed(Initiator initiator, String why) {
    Connection connection = connection(initiator);
    if (connection.state == SessionState.IDLE) {
      return;
    }
    boolean wasEstablished = connection.state == SessionState.ESTABLISHED;
    cause = why;
    forget(initiator);
    if (wasEstablished) {
      actions.add(new SessionDown(why));
    }
  }

  private void timerExpired(Initiator initiator, Timer timer) {
    switch (timer) {
      case CONNECT_RETRY -> connectRetryExpired();
      case HOLD -> fail(initiator, BgpError.HOLD_TIMER_EXPIRED, "hold timer expired");
      case KEEPALIVE -> keepaliveExpired(initiator);
    }
  }

  private void connectRetryExpired() {
    Connection local = connection(Initiator.LOCAL);
    if (local.state == SessionState.CONNECT) {
      cause = "no answer from the peer within " + CONNECT_TIME.toSeconds() + " s";
      forget(Initiator.LOCAL);
    } else if (retryPending && !remoteIsAhead()) {
      cause = "connect retry timer expired";
      connect();
    } else {
      retryPending = false; // the peer's own connection is nearly there; if it fails we try again
    }
  }

  private void keepaliveExpired(Initiator initiator) {
    Connection connection = connection(initiator);
    Negotiated negotiated = connection.negotiated;
    if (negotiated == null) {
      return;
    }
    actions.add(new Send(initiator, KeepaliveMessage.KEEPALIVE));
    startKeepalive(initiator, negotiated);
    if (connection.state == SessionState.ESTABLISHED) {
      backOff.reset(); // it has held for a third of the hold time
    }
  }

  private void messageReceived(Initiator initiator, Message message) {
    Connection connection = connection(initiator);
    if (message instanceof NotificationMessage notification) {
      connectionFailed(initiator, "received " + notification);
      return;
    }
    switch (connection.state) {
      case OPEN_SENT -> inOpenSent(initiator, message);
      case OPEN_CONFIRM -> inOpenConfirm(initiator, message);
      case ESTABLISHED -> inEstablished(initiator, message);
      case IDLE, CONNECT, ACTIVE -> {} // bytes of a connection that we have already let go
    }
  }

  private void inOpenSent(Initiator initiator, Message message) {
    if (!(message instanceof OpenMessage open)) {
      fail(initiator, BgpError.UNEXPECTED_IN_OPEN_SENT, "unexpected " + message.type());
      return;
    }
    Negotiated negotiated;
    try {
      negotiated = negotiation.negotiate(open);
    } catch (BgpException refused) {
      fail(initiator, refused.error(), refused.found());
      return;
    }
    if (connection(initiator.other()).state == SessionState.OPEN_CONFIRM) { // RFC 4271 §6.8
      Initiator loser = negotiation.collisionWinner(open).other();
      end(loser, BgpError.CONNECTION_COLLISION_RESOLUTION);
      if (loser == initiator) {
        return;
      }
    }
    Connection connection = connection(initiator);
    connection.state = SessionState.OPEN_CONFIRM;
    connection.negotiated = negotiated;
    cause = "received OPEN";
    actions.add(new Send(initiator, KeepaliveMessage.KEEPALIVE));
    startKeepalive(initiator, negotiated);
    restartHold(initiator, negotiated);
  }

  private void inOpenConfirm(Initiator initiator, Message message) {
    Connection connection = connection(initiator);
    Negotiated negotiated = connection.negotiated;
    if (message != KeepaliveMessage.KEEPALIVE || negotiated == null) {
      fail(initiator, BgpError.UNEXPECTED_IN_OPEN_CONFIRM, "unexpected " + message.type());
      return;
    }
    end(initiator.other(), BgpError.CONNECTION_COLLISION_RESOLUTION);
    stopRetry();
    connection.state = SessionState.ESTABLISHED;
    cause = "received KEEPALIVE";
    restartHold(initiator, negotiated);
    if (negotiated.holdTime().isZero()) {
      backOff.reset(); // there will be no keepalive timer to prove it
    }
    actions.add(new SessionUp(initiator, negotiated));
  }

  private void inEstablished(Initiator initiator, Message message) {
    Negotiated negotiated = connection(initiator).negotiated;
    if (message instanceof OpenMessage || negotiated == null) {
      fail(initiator, BgpError.UNEXPECTED_IN_ESTABLISHED, "unexpected " + message.type());
    } else if (message instanceof RouteRefreshMessage request) {
      if (negotiated.families().contains(request.family())) { // else ignored, RFC 2918 §4
        actions.add(new DeliverRouteRefresh(request));
      }
    } else {
      restartHold(initiator, negotiated);
      if (message instanceof UpdateMessage update) {
        actions.add(new DeliverUpdate(update));
      }
    }
  }

  private void startKeepalive(Initiator initiator, Negotiated negotiated) {
    if (!negotiated.holdTime().isZero()) {
      actions.add(new StartTimer(initiator, Timer.KEEPALIVE, negotiated.keepaliveTime(), true));
    }
  }

  private void restartHold(Initiator initiator, Negotiated negotiated) {
    actions.add(
        negotiated.holdTime().isZero()
            ? new StopTimer(initiator, Timer.HOLD)
            : new StartTimer(initiator, Timer.HOLD, negotiated.holdTime(), false));
  }

  /** The connection is at fault: tell the peer, and start over. */
  private void fail(Initiator initiator, BgpError error, String why) {
    if (connection(initiator).state == SessionState.IDLE) {
      return;
    }
    cause = why;
    boolean wasEstablished = connection(initiator).state == SessionState.ESTABLISHED;
    end(initiator, error);
    if (wasEstablished) {
      actions.add(new SessionDown(why));
    }
  }

  private void endAll(BgpError error, String why) {
    fail(Initiator.LOCAL, error, why);
    fail(Initiator.REMOTE, error, why);
    cause = why;
  }

  /** Closes a connection, if it stands, with a NOTIFICATION once OPEN was sent. */
  private void end(Initiator initiator, BgpError error) {
    SessionState state = connection(initiator).state;
    if (state == SessionState.IDLE) {
      return;
    }
    if (state != SessionState.CONNECT) {
      actions.add(new Send(initiator, new NotificationMessage(error)));
    }
    forget(initiator);
  }

  private void forget(Initiator initiator) {
    connections.put(initiator, new Connection());
    if (initiator == Initiator.LOCAL) {
      stopRetry();
    }
    actions.add(new StopTimer(initiator, Timer.HOLD));
    actions.add(new StopTimer(initiator, Timer.KEEPALIVE));
    actions.add(new CloseConnection(initiator));
  }
}
