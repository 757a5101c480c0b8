package dev.bugle.bfd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.session.Action.Dropped;
import dev.bugle.bfd.session.Action.Transmit;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.ControlPacket.Flags;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every state with every event that bears on it: the next state, the diagnostic, what is sent at
 * once. Each row names the section of RFC 5880 that says so.
 */
class StateTableTest {

  /** P: polls. F: answers. An event with a P is a packet with the Poll bit. */
  private static final String TABLE =
      """
      §6.8.16 | ADMIN_DOWN | enable       | DOWN       | 0 | DOWN
      §6.8.16 | ADMIN_DOWN | disable      | ADMIN_DOWN | 7 | -
      §6.8.6  | ADMIN_DOWN | ADMIN_DOWN   | ADMIN_DOWN | 7 | ADMIN_DOWN, dropped
      §6.8.6  | ADMIN_DOWN | DOWN         | ADMIN_DOWN | 7 | ADMIN_DOWN, dropped
      §6.8.6  | ADMIN_DOWN | INIT         | ADMIN_DOWN | 7 | ADMIN_DOWN, dropped
      §6.8.6  | ADMIN_DOWN | UP           | ADMIN_DOWN | 7 | ADMIN_DOWN, dropped
      §6.8.6  | ADMIN_DOWN | UP P         | ADMIN_DOWN | 7 | ADMIN_DOWN, dropped
      §6.8.15 | ADMIN_DOWN | path failed  | ADMIN_DOWN | 7 | -
      §6.8.4  | ADMIN_DOWN | silence      | ADMIN_DOWN | 7 | -
      §6.8.16 | DOWN       | enable       | DOWN       | 0 | -
      §6.8.16 | DOWN       | disable      | ADMIN_DOWN | 7 | ADMIN_DOWN
      §6.8.6  | DOWN       | ADMIN_DOWN   | DOWN       | 0 | DOWN
      §6.8.6  | DOWN       | DOWN         | INIT       | 0 | INIT
      §6.8.6  | DOWN       | DOWN P       | INIT       | 0 | INIT F
      §6.8.6  | DOWN       | INIT         | UP         | 0 | UP P
      §6.8.6  | DOWN       | INIT P       | UP         | 0 | UP F, UP P
      §6.8.6  | DOWN       | UP           | DOWN       | 0 | DOWN
      §6.8.6  | DOWN       | UP P         | DOWN       | 0 | DOWN F
      §6.8.15 | DOWN       | path failed  | DOWN       | 0 | -
      §6.8.4  | DOWN       | silence      | DOWN       | 0 | -
      §6.8.16 | INIT       | enable       | INIT       | 0 | -
      §6.8.16 | INIT       | disable      | ADMIN_DOWN | 7 | ADMIN_DOWN
      §6.8.6  | INIT       | ADMIN_DOWN   | DOWN       | 3 | DOWN
      §6.8.6  | INIT       | DOWN         | INIT       | 0 | -
      §6.8.6  | INIT       | DOWN P       | INIT       | 0 | INIT F
      §6.8.6  | INIT       | INIT         | UP         | 0 | UP P
      §6.8.6  | INIT       | UP           | UP         | 0 | UP P
      §6.8.6  | INIT       | UP P         | UP         | 0 | UP F, UP P
      §6.8.15 | INIT       | path failed  | DOWN       | 4 | DOWN
      §6.8.4  | INIT       | silence      | DOWN       | 1 | DOWN
      §6.8.16 | UP         | enable       | UP         | 0 | -
      §6.8.16 | UP         | disable      | ADMIN_DOWN | 7 | ADMIN_DOWN
      §6.8.6  | UP         | ADMIN_DOWN   | DOWN       | 3 | DOWN
      §6.8.6  | UP         | ADMIN_DOWN P | DOWN       | 3 | DOWN F
      §6.8.6  | UP         | DOWN         | DOWN       | 3 | DOWN
      §6.8.6  | UP         | DOWN P       | DOWN       | 3 | DOWN F
      §6.8.6  | UP         | INIT         | UP         | 0 | -
      §6.8.6  | UP         | UP           | UP         | 0 | -
      §6.8.6  | UP         | UP P         | UP         | 0 | UP F
      §6.8.15 | UP         | path failed  | DOWN       | 4 | DOWN
      §6.8.4  | UP         | silence      | DOWN       | 1 | DOWN
      """;

  record Row(String section, State state, String event, State next, int diagnostic, String sent) {
    static Row of(String line) {
      List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
      return new Row(
          cells.get(0),
          State.valueOf(cells.get(1)),
          cells.get(2),
          State.valueOf(cells.get(3)),
          Integer.parseInt(cells.get(4)),
          cells.get(5));
    }
  }

  static Stream<Row> rows() {
    return TABLE.lines().map(Row::of);
  }

  /** For other tests: what the table says of a received state. */
  static State next(State state, State received) {
    return NEXT.get(state + " " + received);
  }

  private static final Map<String, State> NEXT = new HashMap<>();

  static {
    rows().forEach(row -> NEXT.put(row.state() + " " + row.event(), row.next()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eachRowHolds(Row row) {
    CheckedFsm fsm = in(row.state());
    List<String> sent = new ArrayList<>();
    for (Action action : fsm.handle(event(row.event()))) {
      if (action instanceof Transmit transmit) {
        sent.add(notation(transmit.packet()));
      } else if (action instanceof Dropped) {
        sent.add("dropped");
      }
    }
    assertThat(fsm.state()).isEqualTo(row.next());
    assertThat(fsm.fsm().diagnostic().code()).isEqualTo(row.diagnostic());
    String inAnyOrder = sent.stream().sorted().collect(Collectors.joining(", "));
    assertThat(sent.isEmpty() ? "-" : inAnyOrder).isEqualTo(row.sent());
  }

  @Test
  void theTableIsComplete() {
    for (State ours : State.values()) {
      for (State theirs : State.values()) {
        assertThat(next(ours, theirs)).as(ours + " " + theirs).isNotNull();
      }
    }
  }

  /** A machine in that state, told of the peer in INIT and UP only, as it must be there. */
  private static CheckedFsm in(State state) {
    CheckedFsm fsm =
        new CheckedFsm(
            new SessionConfig(
                Packets.OURS,
                Timing.of(Duration.ofMillis(50), 3),
                SessionConfig.Role.ACTIVE,
                false,
                false,
                0,
                Optional.empty()));
    fsm.handle(new Event.Enable());
    switch (state) {
      case ADMIN_DOWN -> fsm.handle(new Event.Disable());
      case DOWN -> {}
      case INIT -> fsm.handle(Packets.of(State.DOWN).received());
      case UP -> {
        fsm.handle(Packets.of(State.INIT).received());
        fsm.handle(Packets.of(State.UP).isFinal().received());
      }
    }
    assertThat(fsm.state()).isEqualTo(state);
    return fsm;
  }

  private static Event event(String name) {
    return switch (name) {
      case "enable" -> new Event.Enable();
      case "disable" -> new Event.Disable();
      case "path failed" -> new Event.PathFailed(Diagnostic.FORWARDING_PLANE_RESET);
      case "silence" -> new Event.DetectionTimerExpired();
      default -> {
        Packets packet = Packets.of(State.valueOf(name.replace(" P", "")));
        yield (name.endsWith(" P") ? packet.poll() : packet).received();
      }
    };
  }

  private static String notation(ControlPacket packet) {
    Flags flags = packet.flags();
    return packet.state() + (flags.poll() ? " P" : "") + (flags.isFinal() ? " F" : "");
  }
}
