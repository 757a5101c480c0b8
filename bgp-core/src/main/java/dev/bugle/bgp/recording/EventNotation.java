package dev.bugle.bgp.recording;

import static dev.bugle.bgp.recording.Notation.escaped;
import static dev.bugle.bgp.recording.Notation.text;

import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.session.PathState;
import dev.bugle.bgp.session.Timer;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.Bytes;
import java.time.Duration;
import java.util.Optional;

/**
 * Events in lines.
 *
 * <pre>
 * start | stop ERROR | reset ERROR | path PATH CAUSE | retry NANOSECONDS
 * opened SIDE | failed SIDE CAUSE | expired SIDE TIMER
 * received SIDE TYPE OCTETS | faulty SIDE ERROR FOUND
 * </pre>
 */
final class EventNotation {

  private final MessageNotation messages;

  EventNotation(MessageNotation messages) {
    this.messages = messages;
  }

  /**
   * The line of an event; empty when it has no notation, so that it cannot be replayed.
   *
   * @param octets of the message, if it is one that was received
   */
  Optional<String> line(Event event, Optional<Bytes> octets) {
    if (event instanceof Event.Start) {
      return Optional.of("start");
    } else if (event instanceof Event.Stop stop) {
      return Optional.of("stop " + text(stop.error()));
    } else if (event instanceof Event.Reset reset) {
      return Optional.of("reset " + text(reset.error()));
    } else if (event instanceof Event.LeaveForRestart leave) {
      return Optional.of("leave " + text(leave.otherwise()));
    } else if (event instanceof Event.AutomaticStop stop) {
      String pause = stop.pause().map(time -> String.valueOf(time.toNanos())).orElse("-");
      return Optional.of("hold " + pause + " " + text(stop.error()));
    } else if (event instanceof Event.Sent sent) {
      return Optional.of("sent " + text(sent.initiator()));
    } else if (event instanceof Event.ConnectRetryChanged changed) {
      return Optional.of("retry " + changed.longest().toNanos());
    } else if (event instanceof Event.PathReported report) {
      return Optional.of("path " + text(report.state()) + " " + escaped(report.cause()));
    } else if (event instanceof Event.ConnectionOpened opened) {
      return Optional.of("opened " + text(opened.initiator()));
    } else if (event instanceof Event.ConnectionFailed failed) {
      return Optional.of("failed " + text(failed.initiator()) + " " + escaped(failed.cause()));
    } else if (event instanceof Event.TimerExpired expired) {
      return Optional.of("expired " + text(expired.initiator()) + " " + text(expired.timer()));
    } else if (event instanceof Event.MessageReceived received) {
      return Optional.of(
          "received "
              + text(received.initiator())
              + " "
              + text(received.message().type())
              + " "
              + octets.orElseGet(
                  () -> messages.received(received.initiator(), received.message())));
    } else if (event instanceof Event.MessageFaulty faulty) {
      return Optional.of(
          "faulty "
              + text(faulty.initiator())
              + " "
              + text(faulty.error())
              + " "
              + escaped(faulty.found()));
    }
    return Optional.empty();
  }

  /**
   * The event of a line.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  Event event(String line) {
    Words words = new Words(line);
    String kind = words.next();
    Event event =
        switch (kind) {
          case "start" -> new Event.Start();
          case "stop" -> new Event.Stop(Notation.error(words.next()));
          case "reset" -> new Event.Reset(Notation.error(words.next()));
          case "leave" -> new Event.LeaveForRestart(Notation.error(words.next()));
          case "hold" -> automaticStop(words.next(), words);
          case "sent" -> new Event.Sent(side(words));
          case "retry" ->
              new Event.ConnectRetryChanged(Duration.ofNanos(Long.parseLong(words.next())));
          case "path" ->
              new Event.PathReported(
                  Notation.constant(PathState.class, words.next()), words.text());
          case "opened" -> new Event.ConnectionOpened(side(words));
          case "failed" -> new Event.ConnectionFailed(side(words), words.text());
          case "expired" ->
              new Event.TimerExpired(side(words), Notation.constant(Timer.class, words.next()));
          case "received" -> received(words);
          case "faulty" ->
              new Event.MessageFaulty(side(words), Notation.error(words.next()), words.text());
          default -> throw new IllegalArgumentException("no event is called '" + kind + "'");
        };
    words.end();
    return event;
  }

  private static Event automaticStop(String pause, Words words) {
    BgpError error = Notation.error(words.next());
    return pause.equals("-")
        ? new Event.AutomaticStop(error, Optional.empty())
        : new Event.AutomaticStop(error, Optional.of(Duration.ofNanos(Long.parseLong(pause))));
  }

  private static Initiator side(Words words) {
    return Notation.constant(Initiator.class, words.next());
  }

  private Event received(Words words) {
    Initiator initiator = side(words);
    String type = words.next();
    Event.MessageReceived received =
        new Event.MessageReceived(initiator, messages.read(initiator, words.next()));
    if (!text(received.message().type()).equals(type)) {
      throw new IllegalArgumentException(
          "'" + type + "' is said, and the octets are those of " + received.message().type());
    }
    return received;
  }
}
