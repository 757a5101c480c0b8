package dev.bugle.bgp.recording;

import dev.bugle.bgp.session.Action;
import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.SessionConfig;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.Message;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The text of a recording, up to a limit. Used by one thread. */
final class RecordingWriter {

  /** For the lines that say how it ends. */
  private static final int RESERVE = 200;

  private final Writer out;
  private final long limit;
  private final MessageNotation messages = new MessageNotation();
  private final EventNotation events = new EventNotation(messages);
  private final ActionNotation actions = new ActionNotation(messages);
  private long written;
  private boolean ended;

  /** Writes at most that many octets. */
  RecordingWriter(Writer out, long limit) {
    this.out = out;
    this.limit = limit;
  }

  /** Whether no more will be written: the limit is reached. */
  boolean ended() {
    return ended;
  }

  void begin(String peer, SessionConfig config) throws IOException {
    String pairs =
        RecordNotation.pairs(config).entrySet().stream()
            .map(
                pair ->
                    pair.getKey() + "=" + Notation.escaped(pair.getValue()).replace(" ", "\\u0020"))
            .collect(Collectors.joining(" "));
    write(
        Format.HEADER
            + "\n# peer "
            + Notation.escaped(peer)
            + ", since "
            + Instant.now()
            + "\n"
            + Format.CONFIG
            + pairs
            + "\n");
  }

  /**
   * An event and what the machine did about it.
   *
   * @param nanos since the recording began
   */
  void handled(long nanos, Event event, Optional<Bytes> octets, List<Action> answer)
      throws IOException {
    StringBuilder text = new StringBuilder(200);
    text.append(Format.TIME).append(BigDecimal.valueOf(nanos, 9).toPlainString()).append('\n');
    if (event instanceof Event.MessageReceived received) {
      explain(received.message(), text);
    }
    Optional<String> line = events.line(event, octets);
    if (line.isEmpty()) {
      text.append(Format.NOTE).append("cannot be replayed: ");
      text.append(Notation.escaped(event.toString())).append('\n');
    } else {
      text.append(Format.EVENT).append(line.get()).append('\n');
    }
    for (Action action : answer) {
      if (action instanceof Action.Send send) {
        explain(send.message(), text);
      }
      text.append(Format.ACTION).append(actions.line(action)).append('\n');
    }
    write(text.toString());
  }

  /** In words, unless the type says all or an action will. */
  private static void explain(Message message, StringBuilder text) {
    if (message != KeepaliveMessage.KEEPALIVE && !(message instanceof UpdateMessage)) {
      text.append("# ").append(Notation.escaped(message.toString())).append('\n');
    }
  }

  /** So many events are missing here. */
  void lost(long events) throws IOException {
    if (events == 0) {
      return;
    }
    write(
        Format.NOTE
            + "lost "
            + events
            + " event(s): the disk took them too slowly; no replay beyond this line\n");
  }

  /** That was all. */
  void end() throws IOException {
    if (!ended) {
      ended = true;
      out.write(Format.END + "\n");
    }
  }

  private void write(String text) throws IOException {
    if (ended) {
      return;
    }
    int octets = Bytes.utf8(text).length();
    if (written + octets + RESERVE > limit) {
      ended = true;
      out.write(
          Format.NOTE + "full: the recording has reached its limit of " + limit + " octets\n");
      return;
    }
    written += octets;
    out.write(text);
  }
}
