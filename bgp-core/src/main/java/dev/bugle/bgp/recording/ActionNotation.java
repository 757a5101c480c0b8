package dev.bugle.bgp.recording;

import static dev.bugle.bgp.recording.Notation.escaped;
import static dev.bugle.bgp.recording.Notation.text;

import dev.bugle.bgp.session.Action;
import java.util.stream.Collectors;

/** Actions in lines, for comparison; they are not read. */
final class ActionNotation {

  private final MessageNotation messages;

  ActionNotation(MessageNotation messages) {
    this.messages = messages;
  }

  /** The line of an action. To be called for each action of a machine, in order. */
  String line(Action action) {
    String line = escaped(lineOf(action));
    messages.follow(action);
    return line;
  }

  private String lineOf(Action action) {
    if (action instanceof Action.OpenConnection) {
      return "connect";
    } else if (action instanceof Action.CloseConnection close) {
      return "close " + text(close.initiator());
    } else if (action instanceof Action.AcceptConnection) {
      return "accept";
    } else if (action instanceof Action.RejectConnection reject) {
      return "reject " + text(reject.error());
    } else if (action instanceof Action.Send send) {
      return "send "
          + text(send.initiator())
          + " "
          + text(send.message().type())
          + " "
          + messages.sent(send.initiator(), send.message());
    } else if (action instanceof Action.StartTimer start) {
      return "start "
          + text(start.initiator())
          + " "
          + text(start.timer())
          + " "
          + start.delay().toMillis() / 1000.0
          + " s"
          + (start.jittered() ? " jittered" : "");
    } else if (action instanceof Action.StopTimer stop) {
      return "stop " + text(stop.initiator()) + " " + text(stop.timer());
    } else if (action instanceof Action.SessionUp up) {
      return "session-up "
          + text(up.initiator())
          + " "
          + RecordNotation.pairs(up.negotiated()).entrySet().stream()
              .map(pair -> pair.getKey() + "=" + pair.getValue())
              .collect(Collectors.joining(", "));
    } else if (action instanceof Action.SessionDown down) {
      return "session-down" + (down.mayReturn() ? " for a while: " : ": ") + down.cause();
    } else if (action instanceof Action.DeliverUpdate deliver) {
      return "deliver " + deliver.update();
    } else if (action instanceof Action.DeliverRouteRefresh deliver) {
      return "deliver " + deliver.refresh();
    } else if (action instanceof Action.StateChanged changed) {
      return "state " + changed.from() + " -> " + changed.to() + ": " + changed.cause();
    } else if (action instanceof Action.CauseChanged changed) {
      return "still idle: " + changed.cause();
    }
    return action.toString();
  }
}
