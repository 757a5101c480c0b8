package dev.bugle.bgp.session;

import dev.bugle.bgp.session.Action.AcceptConnection;
import dev.bugle.bgp.session.Action.CauseChanged;
import dev.bugle.bgp.session.Action.CloseConnection;
import dev.bugle.bgp.session.Action.DeliverRouteRefresh;
import dev.bugle.bgp.session.Action.DeliverUpdate;
import dev.bugle.bgp.session.Action.RejectConnection;
import dev.bugle.bgp.session.Action.StateChanged;
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
import java.util.List;
import java.util.Optional;

/**
 * The state machine of one peer (RFC 4271 §8). Pure: {@link #handle} takes an event and returns
 * what to do; it never throws. See the package description.
 */
public final class SessionFsm {

  /** How long an attempt to connect may take. */
  private static final Duration CONNECT_TIME = Duration.ofSeconds(10);

  private final SessionConfig config;
  private final OpenNegotiation negotiation;
  private final ConnectRetryBackOff backOff;
  private final List<Action> actions = new ArrayList<>();
  private final Connection local;
  private final Connection remote;
  private boolean running;
  private boolean wasEstablished;

  /** Whether the session waits for the end of a pause that it has been given. */
  private boolean held;

  /** Whether the session, if it stands, has stood for a while. */
  private boolean proven;

  private PathState path = PathState.UNKNOWN;
  private String pathCause = "nothing is known of it";
  private String cause = "";

  /** A machine in the state IDLE. */
  public SessionFsm(SessionConfig config) {
    this.config = config;
    this.negotiation = new OpenNegotiation(config);
    SessionTimes times = config.options().times();
    this.backOff = new ConnectRetryBackOff(times.connectRetry());
    this.local = new Connection(Initiator.LOCAL, times, actions);
    this.remote = new Connection(Initiator.REMOTE, times, actions);
  }

  /** The session's state: that of the connection that has come furthest. */
  public SessionState state() {
    SessionState further =
        local.state().compareTo(remote.state()) > 0 ? local.state() : remote.state();
    return further == SessionState.IDLE && mayBegin() ? SessionState.ACTIVE : further;
  }

  /** Takes an event and returns what to do about it, in order. */
  public List<Action> handle(Event event) {
    SessionState before = state();
    String causeBefore = cause;
    dispatch(event);
    scheduleRetry();
    tell(before, causeBefore);
    List<Action> result = List.copyOf(actions);
    actions.clear();
    return result;
  }

  /** Tells what is another than before the event: the state, or what an idle session waits for. */
  private void tell(SessionState before, String causeBefore) {
    SessionState after = state();
    String told = causeBefore;
    if (after != before) {
      actions.add(new StateChanged(before, after, cause));
      told = cause;
    }
    if (isWaiting()) {
      cause = "waiting for the path: " + pathCause;
    }
    if (after == SessionState.IDLE && !cause.equals(told)) {
      actions.add(new CauseChanged(cause));
    }
  }

  private void dispatch(Event event) {
    if (event instanceof Event.Start) {
      start();
    } else if (event instanceof Event.Stop stop) {
      stop(stop.error());
    } else if (event instanceof Event.Reset reset) {
      reset(reset.error());
    } else if (event instanceof Event.AutomaticStop stop) {
      hold(stop.error(), stop.pause());
    } else if (event instanceof Event.LeaveForRestart leave) {
      leave(leave.otherwise());
    } else if (event instanceof Event.ConnectRetryChanged changed) {
      backOff.longest(changed.longest());
    } else if (event instanceof Event.PathReported report) {
      pathReported(report.state(), report.cause());
    } else if (event instanceof Event.ConnectionOpened opened) {
      connectionOpened(opened.initiator());
    } else if (event instanceof Event.ConnectionFailed failed) {
      lost(connection(failed.initiator()), failed.cause());
    } else if (event instanceof Event.Sent sent) {
      connection(sent.initiator()).restartSendHold();
    } else if (event instanceof Event.TimerExpired expired) {
      timerExpired(connection(expired.initiator()), expired.timer());
    } else if (event instanceof Event.MessageReceived received) {
      messageReceived(connection(received.initiator()), received.message());
    } else if (event instanceof Event.MessageFaulty faulty) {
      messageFaulty(connection(faulty.initiator()), faulty.error(), "received: " + faulty.found());
    }
  }

  private Connection connection(Initiator initiator) {
    return initiator == Initiator.LOCAL ? local : remote;
  }

  private Connection other(Connection connection) {
    return connection == local ? remote : local;
  }

  /** Whether connections may be opened and accepted (RFC 5882 §4.1). */
  private boolean mayBegin() {
    return running
        && !held
        && switch (path) {
          case UP, ADMIN_DOWN -> true;
          case UNKNOWN, DOWN, DOWN_OR_RESTARTING -> !config.options().strictPath();
        };
  }

  /** Whether only the path keeps the session from beginning. */
  private boolean isWaiting() {
    return running && !held && state() == SessionState.IDLE;
  }

  private void start() {
    if (!running || held) {
      running = true;
      release("started");
    }
  }

  private void begin(String why) {
    cause = why;
    backOff.reset(); // what failed before has nothing to do with this beginning
    if (mayBegin() && !config.options().passive()) {
      local.connect(CONNECT_TIME);
    }
  }

  private void stop(BgpError error) {
    if (!running) {
      return;
    }
    endBoth(error, "stopped: " + error);
    running = false;
    held = false;
  }

  private void hold(BgpError error, Optional<Duration> pause) {
    if (!running || held) {
      return;
    }
    String until = pause.map(time -> "for " + time.toSeconds() + " s").orElse("until it is reset");
    endBoth(error, "ended " + until + ": " + error);
    held = true;
    pause.ifPresent(local::waitIdle);
  }

  private void release(String why) {
    held = false;
    local.lose(why); // and with it the timer of the pause
    begin(why);
  }

  private void reset(BgpError error) {
    if (!running) {
      return;
    }
    backOff.reset(); // whoever resets a session wants it back soon
    endBoth(error, "reset: " + error);
    if (held) {
      release("reset: " + error);
    }
  }

  private void leave(BgpError otherwise) {
    if (!running) {
      return;
    }
    cause = "stopped for a graceful restart";
    local.leave(otherwise, cause);
    remote.leave(otherwise, cause);
    running = false;
    held = false;
  }

  private void endBoth(BgpError error, String why) {
    cause = why;
    local.end(error, why);
    remote.end(error, why);
  }

  private void pathReported(PathState now, String why) {
    PathState before = path;
    boolean waited = isWaiting();
    path = now;
    pathCause = why;
    if (before == PathState.UP && now == PathState.DOWN) { // RFC 5882 §4.2
      fail(local, BgpError.BFD_DOWN, why);
      fail(remote, BgpError.BFD_DOWN, why);
    } else if (before == PathState.UP && now == PathState.DOWN_OR_RESTARTING) { // §4.3
      letGo(local, BgpError.BFD_DOWN, why);
      letGo(remote, BgpError.BFD_DOWN, why);
    }
    if (waited && mayBegin()) {
      begin(why);
    } else if (running && !held && !mayBegin() && state() != SessionState.ESTABLISHED) {
      endBoth(BgpError.CONNECTION_REJECTED, why); // what has not begun by now has to wait
    }
  }

  /** Without a connection of our own or a session in sight, the next attempt must be scheduled. */
  private void scheduleRetry() {
    // A peer that connected and is silent does not keep us from trying.
    if (mayBegin() && !config.options().passive() && local.isForgotten() && !remote.isConfirmed()) {
      local.waitToConnect(backOff.next());
    }
  }

  private void connectionOpened(Initiator initiator) {
    if (initiator == Initiator.LOCAL) {
      localConnectionOpened();
    } else {
      remoteConnectionOpened();
    }
  }

  private void localConnectionOpened() {
    switch (local.state()) {
      case CONNECT -> {
        cause = "connected to the peer";
        local.sendOpen(negotiation.open(wasEstablished));
      }
      case IDLE, ACTIVE -> // closed while it was being opened
          actions.add(new CloseConnection(Initiator.LOCAL));
      case OPEN_SENT, OPEN_CONFIRM, ESTABLISHED -> {} // known already
    }
  }

  private void remoteConnectionOpened() {
    switch (state()) {
      case IDLE -> actions.add(new RejectConnection(BgpError.CONNECTION_REJECTED));
      case ESTABLISHED -> {
        if (mayHaveRestarted()) {
          cause = "the peer came back on a new connection";
          local.lose(cause);
          remote.lose(cause);
          accept();
        } else { // RFC 4271 §6.8, last paragraph
          actions.add(new RejectConnection(BgpError.CONNECTION_COLLISION_RESOLUTION));
        }
      }
      case CONNECT, ACTIVE, OPEN_SENT, OPEN_CONFIRM -> {
        cause = "the peer connected";
        // A peer has one connection of its own at a time: it has given up the former one.
        remote.end(BgpError.CONNECTION_COLLISION_RESOLUTION, cause);
        accept();
      }
    }
  }

  /**
   * Whether a new connection means that the peer has restarted (RFC 4724 §5).
   *
   * <p>Deviates from RFC 4724 §5: not in the first third of the hold time, when the connection is
   * likely to be the late half of a collision. A peer that did restart tries again.
   */
  private boolean mayHaveRestarted() {
    return proven && (agreed(Agreement.GRACEFUL_RESTART) || agreed(Agreement.ROUTE_RETENTION));
  }

  private boolean agreed(Agreement agreement) {
    return local.has(agreement) || remote.has(agreement);
  }

  private void accept() {
    actions.add(new AcceptConnection());
    remote.sendOpen(negotiation.open(wasEstablished));
  }

  private void timerExpired(Connection connection, Timer timer) {
    if (!connection.expire(timer)) {
      return; // it was stopped after it had run out
    }
    switch (timer) {
      case CONNECT_RETRY -> connectRetryExpired();
      case IDLE_HOLD -> release("the pause is over");
      case SEND_HOLD ->
          fail(
              connection,
              BgpError.SEND_HOLD_TIMER_EXPIRED,
              "send hold timer expired: the peer does not read what we send");
      case HOLD -> fail(connection, BgpError.HOLD_TIMER_EXPIRED, "hold timer expired");
      case KEEPALIVE -> {
        connection.sendKeepalive();
        if (connection.state() == SessionState.ESTABLISHED) {
          proven = true; // it has held for a third of the hold time
          backOff.reset();
        }
      }
    }
  }

  private void connectRetryExpired() {
    if (local.state() == SessionState.CONNECT) {
      lost(local, "no answer from the peer within " + CONNECT_TIME.toSeconds() + " s");
    } else {
      cause = "connect retry timer expired";
      local.connect(CONNECT_TIME);
    }
  }

  private void messageFaulty(Connection connection, BgpError error, String found) {
    if (connection.isOpen()) {
      fail(connection, error, found);
    }
  }

  private void messageReceived(Connection connection, Message message) {
    if (message instanceof NotificationMessage notification && connection.isOpen()) {
      cause = "received " + notification;
      connection.ended(notification.error(), cause);
      return;
    }
    switch (connection.state()) {
      case OPEN_SENT -> inOpenSent(connection, message);
      case OPEN_CONFIRM -> inOpenConfirm(connection, message);
      case ESTABLISHED -> inEstablished(connection, message);
      case IDLE, CONNECT, ACTIVE -> {} // bytes of a connection that we have already let go
    }
  }

  private void inOpenSent(Connection connection, Message message) {
    if (!(message instanceof OpenMessage open)) {
      fail(connection, BgpError.UNEXPECTED_IN_OPEN_SENT, "unexpected " + message.type());
      return;
    }
    Negotiated negotiated;
    try {
      negotiated = negotiation.negotiate(open);
    } catch (BgpException refused) {
      fail(connection, refused.error(), refused.found());
      return;
    }
    if (other(connection).state() == SessionState.OPEN_CONFIRM) { // RFC 4271 §6.8
      Connection loser = other(connection(negotiation.collisionWinner(open)));
      loser.end(BgpError.CONNECTION_COLLISION_RESOLUTION, "collision");
      if (loser == connection) {
        return;
      }
    } else if (local.state().compareTo(SessionState.CONNECT) <= 0) {
      // Our attempt, or the wait for it, has become needless; the peer knows nothing of it yet.
      local.lose("the peer's connection came first");
    }
    cause = "received OPEN";
    connection.confirm(negotiated);
  }

  private void inOpenConfirm(Connection connection, Message message) {
    if (message != KeepaliveMessage.KEEPALIVE) {
      fail(connection, BgpError.UNEXPECTED_IN_OPEN_CONFIRM, "unexpected " + message.type());
      return;
    }
    cause = "received KEEPALIVE";
    other(connection).end(BgpError.CONNECTION_COLLISION_RESOLUTION, "collision");
    connection.establish();
    wasEstablished = true;
    // With a hold time of 0 there will be no keepalive timer to prove the session.
    proven = connection.negotiated().filter(agreed -> agreed.holdTime().isZero()).isPresent();
    if (proven) {
      backOff.reset();
    }
  }

  private void inEstablished(Connection connection, Message message) {
    if (message instanceof OpenMessage) {
      fail(connection, BgpError.UNEXPECTED_IN_ESTABLISHED, "unexpected " + message.type());
    } else if (message instanceof RouteRefreshMessage request) {
      connection
          .negotiated()
          .flatMap(agreed -> understood(request, agreed))
          .ifPresent(known -> actions.add(new DeliverRouteRefresh(known)));
    } else {
      connection.restartHold();
      if (message instanceof UpdateMessage update) {
        actions.add(new DeliverUpdate(update));
      }
    }
  }

  /**
   * What the message says on this session; nothing when it is of a family that was not agreed (RFC
   * 2918 §4) or of a subtype that nobody knows (RFC 7313 §5).
   */
  private static Optional<RouteRefreshMessage> understood(
      RouteRefreshMessage refresh, Negotiated agreed) {
    if (!agreed.families().contains(refresh.family())) {
      return Optional.empty();
    }
    if (!agreed.has(Agreement.ENHANCED_ROUTE_REFRESH)) {
      return Optional.of(new RouteRefreshMessage(refresh.family())); // the octet is reserved
    }
    return refresh.subtype() <= RouteRefreshMessage.EORR ? Optional.of(refresh) : Optional.empty();
  }

  /** The connection is at fault: tell the peer, and start over. */
  private void fail(Connection connection, BgpError error, String why) {
    if (connection.state() != SessionState.IDLE) {
      cause = why;
      connection.end(error, why);
    }
  }

  /** The connection may be lost to a restart of the peer. */
  private void letGo(Connection connection, BgpError otherwise, String why) {
    if (connection.state() != SessionState.IDLE) {
      cause = why;
      connection.letGo(otherwise, why);
    }
  }

  /** The connection, or the attempt, is over already. */
  private void lost(Connection connection, String why) {
    if (connection.state() != SessionState.IDLE) {
      cause = why;
      connection.lose(why);
    }
  }
}
