package dev.bugle.bgp.recording;

import dev.bugle.bgp.session.Action;
import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.session.SessionConfig;
import dev.bugle.bgp.wire.Bytes;
import java.util.List;

/**
 * Takes all that goes into the machine of one session and all that comes out, from its beginning:
 * enough to let another machine do the same again. {@link SessionRecorder} writes it to a file.
 *
 * <p>Except for {@link #begins}, the methods are called on the session's event loop, one at a time,
 * in the order in which things happened: do not block. What a method throws is logged and otherwise
 * ignored.
 *
 * <p>When {@code Peer.reconfigure} has to put another machine in the place of this one, the log
 * ends with the last event of this one.
 */
public interface EventLog {

  /** Takes nothing. */
  EventLog NONE = new EventLog() {};

  /**
   * There is a new machine. Called by whoever adds the peer, before everything else.
   *
   * @param peer for people
   * @param config of the machine
   * @throws IllegalStateException when the log is for another session already
   */
  default void begins(String peer, SessionConfig config) {}

  /**
   * A message as it was on the wire; the machine gets it, read, as the next event {@link
   * Event.MessageReceived} of this connection.
   */
  default void octets(Initiator initiator, Bytes message) {}

  /** The machine answered an event with these actions, which are about to be carried out. */
  default void handled(Event event, List<Action> actions) {}
}
