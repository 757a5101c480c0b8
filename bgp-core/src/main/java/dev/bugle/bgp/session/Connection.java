package dev.bugle.bgp.session;

import dev.bugle.bgp.session.Action.CloseConnection;
import dev.bugle.bgp.session.Action.OpenConnection;
import dev.bugle.bgp.session.Action.Send;
import dev.bugle.bgp.session.Action.SessionDown;
import dev.bugle.bgp.session.Action.SessionUp;
import dev.bugle.bgp.session.Action.StartTimer;
import dev.bugle.bgp.session.Action.StopTimer;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One of the two connections that a session may have: how far it has come, its timers, and the
 * actions that each step takes. When to take a step is decided in {@link SessionFsm}.
 */
final class Connection {

  /** The hold time until OPEN has told one (RFC 4271 §8.2.2, "a large value"). */
  private static final Duration OPEN_HOLD_TIME = Duration.ofMinutes(4);

  /** Subcodes of Cease after which we do not come back soon, or packets do not reach us. */
  private static final Set<Integer> LASTING_CEASES =
      Set.of(
          BgpError.administrativeShutdown("").subcode(),
          BgpError.PEER_DECONFIGURED.subcode(),
          BgpError.maximumPrefixesReached(AddressFamily.IPV4_UNICAST, 0).subcode(),
          BgpError.BFD_DOWN.subcode());

  private final Initiator initiator;
  private final SessionTimes times;
  private final List<Action> actions;
  private final Set<Timer> running = EnumSet.noneOf(Timer.class);

  /** IDLE when there is none. */
  private SessionState state = SessionState.IDLE;

  /** Present from OPEN_CONFIRM on. */
  private Optional<Negotiated> negotiated = Optional.empty();

  /** No connection yet. Actions are added to this list. */
  Connection(Initiator initiator, SessionTimes times, List<Action> actions) {
    this.initiator = initiator;
    this.times = times;
    this.actions = actions;
  }

  SessionState state() {
    return state;
  }

  /** Whether messages can come and go. */
  boolean isOpen() {
    return state.compareTo(SessionState.OPEN_SENT) >= 0;
  }

  /** Whether the peer's OPEN was received and found good. */
  boolean isConfirmed() {
    return negotiated.isPresent();
  }

  /** What was agreed; present from OPEN_CONFIRM on. */
  Optional<Negotiated> negotiated() {
    return negotiated;
  }

  /** Takes note that a timer ran out; false when it was not running, so that this is old news. */
  boolean expire(Timer timer) {
    return running.remove(timer);
  }

  /** Whether there is neither an attempt nor one to come. */
  boolean isForgotten() {
    return state == SessionState.IDLE && running.isEmpty();
  }

  void waitToConnect(Duration pause) {
    start(Timer.CONNECT_RETRY, pause, true);
  }

  /** There is none, and will be none until then. */
  void waitIdle(Duration pause) {
    start(Timer.IDLE_HOLD, pause, false);
  }

  void connect(Duration patience) {
    state = SessionState.CONNECT;
    actions.add(new OpenConnection());
    start(Timer.CONNECT_RETRY, patience, false);
  }

  void sendOpen(OpenMessage open) {
    stop(Timer.CONNECT_RETRY);
    state = SessionState.OPEN_SENT;
    send(open);
    start(Timer.HOLD, OPEN_HOLD_TIME, false);
  }

  void confirm(Negotiated agreed) {
    state = SessionState.OPEN_CONFIRM;
    negotiated = Optional.of(agreed);
    sendKeepalive();
    restartHold();
  }

  void establish() {
    state = SessionState.ESTABLISHED;
    restartHold();
    restartSendHold();
    negotiated.ifPresent(agreed -> actions.add(new SessionUp(initiator, agreed)));
  }

  /** Sends a KEEPALIVE and, unless the hold time is 0, sees to the next. */
  void sendKeepalive() {
    // Deviates from RFC 4271 §8.2.2 (Established): an UPDATE that is sent does not put the next
    // KEEPALIVE off, so that routes need not pass through here. The peer hears from us more often.
    send(KeepaliveMessage.KEEPALIVE);
    negotiated
        .filter(agreed -> !agreed.holdTime().isZero())
        .ifPresent(
            agreed ->
                start(Timer.KEEPALIVE, agreed.keepaliveTime(), agreed.allowsKeepaliveJitter()));
  }

  /** The peer is alive. */
  void restartHold() {
    Duration holdTime = negotiated.map(Negotiated::holdTime).orElse(OPEN_HOLD_TIME);
    if (holdTime.isZero()) {
      stop(Timer.HOLD);
    } else {
      start(Timer.HOLD, holdTime, false);
    }
  }

  /** The peer takes what we send (RFC 9687 §3). */
  void restartSendHold() {
    Duration sendHoldTime =
        negotiated.map(agreed -> times.sendHoldTime(agreed.holdTime())).orElse(Duration.ZERO);
    if (state == SessionState.ESTABLISHED && !sendHoldTime.isZero()) {
      start(Timer.SEND_HOLD, sendHoldTime, false);
    }
  }

  /** Ends the connection, or the attempt, with a NOTIFICATION once OPEN was sent. */
  void end(BgpError error, String why) {
    if (isOpen()) {
      boolean wouldKeep = has(Agreement.RESTART_AFTER_NOTIFICATION) && isLasting(error);
      send(new NotificationMessage(wouldKeep ? BgpError.hardReset(error) : error));
    }
    close(why, has(Agreement.RESTART_AFTER_NOTIFICATION) && !isLasting(error));
  }

  /** The peer has ended the connection. */
  void ended(BgpError error, String why) {
    close(why, has(Agreement.RESTART_AFTER_NOTIFICATION) && !error.isHardReset());
  }

  /** Whether a session that ends so must leave none of our routes behind (RFC 8538 §3.1, §4). */
  private static boolean isLasting(BgpError error) {
    return error.code() == BgpError.CEASE.code() && LASTING_CEASES.contains(error.subcode());
  }

  /** Ends the connection so that the peer keeps our routes if it agreed to; else with the error. */
  void leave(BgpError otherwise, String why) {
    if (state == SessionState.ESTABLISHED && has(Agreement.GRACEFUL_RESTART)) {
      lose(why); // RFC 4724 §4.2: the end of the TCP session without a NOTIFICATION
    } else {
      end(otherwise, why);
    }
  }

  /** Ends it so that both keep what they agreed to keep; else with the error. */
  void letGo(BgpError otherwise, String why) {
    if (state == SessionState.ESTABLISHED && has(Agreement.ROUTE_RETENTION)) {
      lose(why);
    } else {
      leave(otherwise, why);
    }
  }

  boolean has(Agreement agreement) {
    return negotiated.filter(agreed -> agreed.has(agreement)).isPresent();
  }

  /** The connection, the attempt, or the wait for the next attempt is over, without a word. */
  void lose(String why) {
    close(why, true);
  }

  /**
   * Ends it without a word.
   *
   * @param mayReturn whether the peer may come back for what it has announced
   */
  private void close(String why, boolean mayReturn) {
    for (Timer timer : Timer.values()) {
      stop(timer);
    }
    boolean helps = mayReturn && has(Agreement.ROUTE_RETENTION);
    SessionState before = state;
    state = SessionState.IDLE;
    negotiated = Optional.empty();
    if (before != SessionState.IDLE) {
      actions.add(new CloseConnection(initiator));
    }
    if (before == SessionState.ESTABLISHED) {
      actions.add(new SessionDown(why, helps));
    }
  }

  private void send(Message message) {
    actions.add(new Send(initiator, message));
  }

  private void start(Timer timer, Duration delay, boolean jittered) {
    running.add(timer);
    actions.add(new StartTimer(initiator, timer, delay, jittered));
  }

  private void stop(Timer timer) {
    if (running.remove(timer)) {
      actions.add(new StopTimer(initiator, timer));
    }
  }
}
