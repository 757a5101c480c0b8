package dev.bugle.bgp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A machine with a book-keeper beside it, who knows what a driver would know and checks after each
 * event what must always hold.
 */
final class CheckedFsm {

  private enum Socket {
    NONE,
    OPENING,
    OPEN
  }

  private record RunningTimer(Initiator initiator, Timer timer) {}

  private final SessionConfig config;
  private final SessionFsm fsm;
  private final Map<Initiator, Socket> sockets = new EnumMap<>(Initiator.class);
  private final Set<RunningTimer> timers = new HashSet<>();
  private final Map<Initiator, Integer> holdOffered = new EnumMap<>(Initiator.class);

  /** Connections on which we have answered OPEN with KEEPALIVE. */
  private final Set<Initiator> confirmed = EnumSet.noneOf(Initiator.class);

  private PathState path = PathState.UNKNOWN;
  private boolean running;
  private boolean up;

  /** Whether it ended by itself, and waits. */
  private boolean held;

  /** Why the session is in its state, as far as we were told. */
  private String cause = "";

  CheckedFsm(SessionConfig config) {
    this.config = config;
    this.fsm = new SessionFsm(config);
    for (Initiator initiator : Initiator.values()) {
      sockets.put(initiator, Socket.NONE);
    }
  }

  SessionState state() {
    return fsm.state();
  }

  boolean isUp() {
    return up;
  }

  boolean isRunning(Initiator initiator, Timer timer) {
    return timers.contains(new RunningTimer(initiator, timer));
  }

  /** Gives the event to the machine; fails when an invariant does not hold. */
  List<Action> handle(Event event) {
    SessionState before = fsm.state();
    boolean stale = isStale(event);
    boolean pathFails = pathFails(event);
    boolean waited = isWaiting();
    boolean wasUp = up;
    Map<Initiator, Socket> socketsBefore = new EnumMap<>(sockets);
    happen(event);
    List<Action> actions = fsm.handle(event);
    if (stale) {
      assertThat(actions).as("actions of stale %s", event).isEmpty();
    }
    if (pathFails) {
      assertThat(actions)
          .as("a path that fails ends every connection")
          .containsAll(ends(socketsBefore, BgpError.BFD_DOWN));
    } else if (event instanceof Event.PathReported && !wasUp && running && !mayBegin()) {
      assertThat(actions)
          .as("a session must not begin any more")
          .containsAll(ends(socketsBefore, BgpError.CONNECTION_REJECTED));
    } else if (event instanceof Event.PathReported && waited && mayBegin()) {
      assertThat(actions.contains(new Action.OpenConnection()))
          .as("a session begins as soon as it may")
          .isNotEqualTo(config.options().passive());
    } else if (event instanceof Event.PathReported) {
      assertThat(actions).as("else %s does nothing", event).isEmpty();
    }
    boolean answered = false;
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      if (action instanceof Action.AcceptConnection || action instanceof Action.RejectConnection) {
        assertThat(answered).as("second answer to %s", event).isFalse();
        assertThat(event).isEqualTo(new Event.ConnectionOpened(Initiator.REMOTE));
        answered = true;
      }
      if (action instanceof Action.StateChanged changed) {
        assertThat(actions.subList(i + 1, actions.size()))
            .as("StateChanged comes last, but for CauseChanged")
            .hasSizeLessThan(2)
            .allMatch(Action.CauseChanged.class::isInstance);
        assertThat(changed.from()).isEqualTo(before);
        assertThat(changed.to()).isEqualTo(fsm.state()).isNotEqualTo(before);
        assertThat(changed.cause()).isNotEmpty();
        cause = changed.cause();
      }
      if (action instanceof Action.CauseChanged changed) {
        assertThat(i).as("CauseChanged comes last").isEqualTo(actions.size() - 1);
        assertThat(fsm.state()).as("CauseChanged is of the idle").isEqualTo(SessionState.IDLE);
        assertThat(changed.cause()).isNotEmpty().isNotEqualTo(cause);
        cause = changed.cause();
      }
      if (action instanceof Action.Send send && send.message() instanceof NotificationMessage) {
        assertThat(actions.subList(i, actions.size()))
            .as("NOTIFICATION is followed by the end of its connection")
            .contains(new Action.CloseConnection(send.initiator()));
      }
      check(event, action);
    }
    if (event.equals(new Event.ConnectionOpened(Initiator.REMOTE))) {
      assertThat(answered).as("the incoming connection is accepted or rejected").isTrue();
    }
    boolean told = actions.stream().anyMatch(Action.StateChanged.class::isInstance);
    assertThat(told).as("StateChanged is told").isEqualTo(before != fsm.state());
    checkState();
    return actions;
  }

  /** Whether the event is of a connection that is gone or a timer that was stopped. */
  private boolean isStale(Event event) {
    if (event instanceof Event.TimerExpired expired) {
      return !isRunning(expired.initiator(), expired.timer());
    } else if (event instanceof Event.MessageReceived received) {
      return sockets.get(received.initiator()) != Socket.OPEN;
    } else if (event instanceof Event.MessageFaulty faulty) {
      return sockets.get(faulty.initiator()) != Socket.OPEN;
    } else if (event instanceof Event.ConnectionFailed failed) {
      return sockets.get(failed.initiator()) == Socket.NONE;
    } else if (event instanceof Event.Sent) {
      return !up;
    }
    return event.equals(new Event.ConnectionOpened(Initiator.LOCAL))
        && sockets.get(Initiator.LOCAL) == Socket.OPEN;
  }

  /** Whether the machine may open and accept connections. */
  private boolean mayBegin() {
    return running
        && !held
        && (!config.options().strictPath() || path == PathState.UP || path == PathState.ADMIN_DOWN);
  }

  private boolean isWaiting() {
    return running && !held && !up && !mayBegin();
  }

  private boolean pathFails(Event event) {
    return path == PathState.UP
        && event instanceof Event.PathReported report
        && (report.state() == PathState.DOWN || report.state() == PathState.DOWN_OR_RESTARTING);
  }

  /** How every connection and attempt ends with this error. */
  private static List<Action> ends(Map<Initiator, Socket> sockets, BgpError error) {
    List<Action> ends = new ArrayList<>();
    sockets.forEach(
        (initiator, socket) -> {
          if (socket == Socket.OPEN) {
            ends.add(new Action.Send(initiator, new NotificationMessage(error)));
          }
          if (socket != Socket.NONE) {
            ends.add(new Action.CloseConnection(initiator));
          }
        });
    return ends;
  }

  private void happen(Event event) {
    if (event instanceof Event.Start) {
      running = true;
      held = false;
    } else if (event instanceof Event.Stop || event instanceof Event.LeaveForRestart) {
      running = false;
      held = false;
    } else if (event instanceof Event.AutomaticStop) {
      held = running;
    } else if (event instanceof Event.Reset) {
      held = false;
    } else if (event instanceof Event.PathReported report) {
      path = report.state();
    } else if (event instanceof Event.TimerExpired expired) {
      boolean ran = timers.remove(new RunningTimer(expired.initiator(), expired.timer()));
      held &= !(ran && expired.timer() == Timer.IDLE_HOLD);
    } else if (event instanceof Event.ConnectionFailed failed) {
      closed(failed.initiator());
    } else if (event.equals(new Event.ConnectionOpened(Initiator.LOCAL))
        && sockets.get(Initiator.LOCAL) == Socket.OPENING) {
      sockets.put(Initiator.LOCAL, Socket.OPEN);
    } else if (event instanceof Event.MessageReceived received
        && received.message() instanceof OpenMessage open
        && sockets.get(received.initiator()) == Socket.OPEN
        && !confirmed.contains(received.initiator())) {
      holdOffered.put(received.initiator(), open.holdTime());
    }
  }

  private void closed(Initiator initiator) {
    sockets.put(initiator, Socket.NONE);
    confirmed.remove(initiator);
  }

  private void check(Event event, Action action) {
    if (action instanceof Action.OpenConnection) {
      assertThat(sockets.get(Initiator.LOCAL)).as("one connection of ours").isEqualTo(Socket.NONE);
      assertThat(config.options().passive()).as("a passive session does not connect").isFalse();
      assertThat(mayBegin()).as("the path lets it connect").isTrue();
      sockets.put(Initiator.LOCAL, Socket.OPENING);
    } else if (action instanceof Action.AcceptConnection) {
      assertThat(sockets.get(Initiator.REMOTE)).as("one of the peer's").isEqualTo(Socket.NONE);
      assertThat(mayBegin()).as("the path lets it accept").isTrue();
      sockets.put(Initiator.REMOTE, Socket.OPEN);
    } else if (action instanceof Action.CloseConnection close) {
      boolean failed =
          event instanceof Event.ConnectionFailed gone && gone.initiator() == close.initiator();
      boolean late = event.equals(new Event.ConnectionOpened(close.initiator()));
      assertThat(sockets.get(close.initiator()) != Socket.NONE || failed || late)
          .as("%s closes what is there", event)
          .isTrue();
      closed(close.initiator());
    } else if (action instanceof Action.Send send) {
      assertThat(sockets.get(send.initiator())).as("%s", send).isEqualTo(Socket.OPEN);
      if (send.message() == KeepaliveMessage.KEEPALIVE) {
        confirmed.add(send.initiator());
      }
    } else if (action instanceof Action.StartTimer start) {
      assertThat(start.delay()).isPositive();
      timers.add(new RunningTimer(start.initiator(), start.timer()));
    } else if (action instanceof Action.StopTimer stop) {
      assertThat(timers.remove(new RunningTimer(stop.initiator(), stop.timer())))
          .as("%s runs", stop)
          .isTrue();
    } else if (action instanceof Action.SessionUp session) {
      assertThat(up).as("SessionUp follows SessionDown").isFalse();
      assertThat(mayBegin()).as("the path lets it come up").isTrue();
      assertThat(sockets.get(session.initiator())).isEqualTo(Socket.OPEN);
      up = true;
    } else if (action instanceof Action.SessionDown) {
      assertThat(up).as("SessionDown follows SessionUp").isTrue();
      up = false;
    } else if (action instanceof Action.DeliverUpdate
        || action instanceof Action.DeliverRouteRefresh) {
      assertThat(up).as("%s of a session", action).isTrue();
    }
  }

  private void checkState() {
    assertThat(up).as("up means ESTABLISHED").isEqualTo(state() == SessionState.ESTABLISHED);
    assertThat(mayBegin() || up)
        .as("stopped or waiting means IDLE")
        .isEqualTo(state() != SessionState.IDLE);
    assertThat(cause.startsWith("waiting for the path: "))
        .as("waiting is told")
        .isEqualTo(isWaiting());
    assertThat(confirmed.size()).as("connections past OPEN_SENT").isLessThan(2);
    for (Initiator initiator : Initiator.values()) {
      boolean open = sockets.get(initiator) == Socket.OPEN;
      boolean watched =
          !confirmed.contains(initiator)
              || (!config.options().times().holdTime().isZero()
                  && holdOffered.getOrDefault(initiator, 0) > 0);
      assertThat(isRunning(initiator, Timer.HOLD))
          .as("hold timer of %s in %s", initiator, state())
          .isEqualTo(open && watched);
      assertThat(isRunning(initiator, Timer.KEEPALIVE))
          .as("keepalive timer of %s in %s", initiator, state())
          .isEqualTo(open && watched && confirmed.contains(initiator));
    }
    for (Initiator initiator : Initiator.values()) {
      assertThat(isRunning(initiator, Timer.SEND_HOLD))
          .as("send hold timer of %s in %s", initiator, state())
          .isEqualTo(
              up
                  && confirmed.contains(initiator)
                  && isRunning(initiator, Timer.HOLD)
                  && !Optional.of(Duration.ZERO).equals(config.options().times().sendHoldTime()));
    }
    boolean shallTry = mayBegin() && !config.options().passive() && confirmed.isEmpty();
    assertThat(isRunning(Initiator.LOCAL, Timer.CONNECT_RETRY))
        .as("an attempt is under way, or one is to come, in %s", state())
        .isEqualTo(shallTry && sockets.get(Initiator.LOCAL) != Socket.OPEN);
    assertThat(isRunning(Initiator.REMOTE, Timer.CONNECT_RETRY)).isFalse();
    if (state() == SessionState.IDLE) {
      assertThat(sockets.values()).containsOnly(Socket.NONE);
      timers.forEach(
          each -> assertThat(each.timer()).as("a timer of the idle").isEqualTo(Timer.IDLE_HOLD));
    }
  }
}
