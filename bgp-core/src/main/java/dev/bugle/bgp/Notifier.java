package dev.bugle.bgp;

import dev.bugle.bgp.recording.EventLog;
import dev.bugle.bgp.session.Action;
import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.session.SessionConfig;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a peer's listeners and keeps what they throw away from the session. */
final class Notifier {

  private static final Logger log = LoggerFactory.getLogger(Notifier.class);

  private final Peer peer;
  private final PeerListener first;
  private EventLog eventLog;
  private final List<PeerListener> listeners = new CopyOnWriteArrayList<>();

  Notifier(Peer peer, PeerListener first, EventLog eventLog) {
    this.peer = peer;
    this.first = first;
    this.eventLog = eventLog;
  }

  /** Before the session begins: its machine is configured so. */
  void configured(String name, SessionConfig config) {
    eventLog.begins(name, config);
  }

  /** On the event loop: another machine goes on, of which the log cannot tell. */
  void machineReplaced() {
    eventLog = EventLog.NONE;
  }

  /** Whether somebody wants to know the messages as they were on the wire. */
  boolean isRecorded() {
    return eventLog != EventLog.NONE;
  }

  /** A message as it was on the wire, before it is handled. */
  void octets(Initiator initiator, Bytes message) {
    guarded(() -> eventLog.octets(initiator, message));
  }

  /** The machine handled an event, before its actions are carried out. */
  void handled(Event event, List<Action> actions) {
    guarded(() -> eventLog.handled(event, actions));
  }

  /** On the event loop: the session begins. */
  void begin(PeerStatus status) {
    subscribe(first, status);
  }

  /** On the event loop: this listener hears what follows, too. */
  void subscribe(PeerListener listener, PeerStatus status) {
    guarded(() -> listener.subscribed(peer, status));
    listeners.add(listener);
  }

  /** From any thread. */
  void unsubscribe(PeerListener listener) {
    listeners.remove(listener);
  }

  void stateChanged(SessionState from, SessionState to, String cause) {
    tell(listener -> listener.stateChanged(peer, from, to, cause));
  }

  void causeChanged(SessionState state, String cause) {
    tell(listener -> listener.causeChanged(peer, state, cause));
  }

  void updateReceived(UpdateMessage update) {
    tell(listener -> listener.updateReceived(peer, update));
  }

  void routeRefreshReceived(RouteRefreshMessage mark) {
    tell(listener -> listener.routeRefreshReceived(peer, mark));
  }

  void notificationSent(NotificationMessage notification) {
    tell(listener -> listener.notificationSent(peer, notification));
  }

  void notificationReceived(NotificationMessage notification) {
    tell(listener -> listener.notificationReceived(peer, notification));
  }

  private void tell(Consumer<PeerListener> call) {
    listeners.forEach(listener -> guarded(() -> call.accept(listener)));
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException failure) {
      log.error("peer {}: the listener failed; the session goes on", peer, failure);
    }
  }
}
