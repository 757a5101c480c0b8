package dev.bugle.bgp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.message.NotificationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every state with every kind of event: {@code transcripts/table/states.txt} has the next state and
 * the NOTIFICATIONs that go out, one line for each pair. What {@link CheckedFsm} checks holds in
 * each. Written anew as {@link TranscriptTest} says.
 */
class StateTableTest {

  private static final Path TABLE = Path.of("src/test/resources/transcripts/table/states.txt");

  private static final List<String> EVENTS = events();

  private static List<String> events() {
    List<String> events =
        new ArrayList<>(
            List.of("start", "stop 6/2", "reset 6/4", "leave 6/4", "hold 6/1 60", "retry 1"));
    for (String path : List.of("unknown", "up", "down", "down-or-restarting", "admin-down")) {
      events.add("path " + path + " because");
    }
    for (String side : List.of("local", "remote")) {
      for (String event :
          List.of(
              "opened SIDE",
              "failed SIDE connection lost",
              "sent SIDE",
              "expired SIDE connect-retry",
              "expired SIDE hold",
              "expired SIDE keepalive",
              "expired SIDE send-hold",
              "expired SIDE idle-hold",
              "received SIDE OPEN",
              "received SIDE OPEN as=1",
              "received SIDE OPEN hold=0",
              "received SIDE OPEN hold=2",
              "received SIDE KEEPALIVE",
              "received SIDE UPDATE",
              "received SIDE NOTIFICATION 6/0",
              "received SIDE ROUTE-REFRESH ipv4-unicast",
              "faulty SIDE 1/1 garbage")) {
        events.add(event.replace("SIDE", side));
      }
    }
    return events;
  }

  @Test
  void everyStateKnowsEveryEvent() throws IOException {
    List<String> written = Files.readAllLines(TABLE);
    List<String> played = new ArrayList<>();
    for (String line : written) {
      if (line.startsWith("#") || line.isEmpty()) {
        played.add(line);
      } else if (line.startsWith("in ")) {
        played.add(line);
        String[] parts = line.split(":", 2);
        String config =
            (parts[0].contains(" passive") ? "mode=passive " : "")
                + (parts[0].contains(" strict") ? "path=strict" : "");
        String[] prefix = parts[1].isEmpty() ? new String[0] : parts[1].strip().split("; ", -1);
        EVENTS.forEach(event -> played.add(play(config, prefix, event)));
      }
    }
    if (Boolean.getBoolean("transcripts.write")) {
      Files.write(TABLE, played);
    }
    assertThat(played).containsExactlyElementsOf(written);
  }

  private static String play(String config, String[] prefix, String event) {
    TranscriptNotation notation = new TranscriptNotation(config);
    CheckedFsm fsm = new CheckedFsm(notation.config());
    for (String step : prefix) {
      fsm.handle(notation.event(step));
    }
    StringBuilder line = new StringBuilder("  ").append(event).append(" ->");
    SessionState before = fsm.state();
    List<Action> actions = fsm.handle(notation.event(event));
    line.append(
        before == fsm.state() ? actions.isEmpty() ? " ignored" : " stays" : " " + fsm.state());
    for (Action action : actions) {
      if (action instanceof Action.Send send
          && send.message() instanceof NotificationMessage notification) {
        line.append(", ")
            .append(notation.side(send.initiator()))
            .append(' ')
            .append(notification.error().code())
            .append('/')
            .append(notification.error().subcode());
      } else if (action instanceof Action.RejectConnection reject) {
        line.append(", reject ")
            .append(reject.error().code())
            .append('/')
            .append(reject.error().subcode());
      } else if (action instanceof Action.CloseConnection close) {
        line.append(", close ").append(notation.side(close.initiator()));
      }
    }
    return line.toString();
  }
}
