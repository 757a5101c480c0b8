package dev.bugle.bgp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random events in random order, likely and absurd ones: what must hold holds after each. */
class RandomWalkTest {

  private static final int EVENTS = 100_000;

  private static final List<String> KINDS =
      List.of(
          "start",
          "start",
          "opened SIDE",
          "opened SIDE",
          "opened SIDE",
          "failed SIDE connection lost",
          "expired SIDE connect-retry",
          "expired SIDE connect-retry",
          "expired SIDE hold",
          "expired SIDE keepalive",
          "expired SIDE send-hold",
          "expired SIDE idle-hold",
          "sent SIDE",
          "sent SIDE",
          "received SIDE OPEN",
          "received SIDE OPEN",
          "received SIDE OPEN",
          "received SIDE OPEN hold=0",
          "received SIDE OPEN hold=1",
          "received SIDE OPEN id=0.0.0.0",
          "received SIDE OPEN as=7",
          "received SIDE OPEN mp=25/70",
          "received SIDE KEEPALIVE",
          "received SIDE KEEPALIVE",
          "received SIDE KEEPALIVE",
          "received SIDE UPDATE",
          "received SIDE ROUTE-REFRESH ipv4-unicast",
          "received SIDE NOTIFICATION 6/7",
          "faulty SIDE 1/1 garbage");

  private static final List<String> SELDOM =
      List.of("stop 6/2", "reset 6/4", "leave 6/4", "hold 6/1 60", "hold 6/1");

  private static final List<String> PATHS =
      List.of(
          "path up because",
          "path up because",
          "path down because",
          "path down because",
          "path down-or-restarting because",
          "path admin-down because",
          "path unknown because");

  @ParameterizedTest
  @CsvSource({
    "1, ''",
    "2, ''",
    "3, local-id=203.0.113.1",
    "4, local-id=203.0.113.1",
    "5, hold=0",
    "6, mode=passive",
    "7, peer-id=192.0.2.1",
    "8, connect-retry=1",
    "9, path=strict",
    "10, path=strict local-id=203.0.113.1",
    "11, path=strict mode=passive",
    "12, send-hold=0",
    "13, send-hold=100 restart=120",
  })
  void whatMustHoldHolds(long seed, String settings) {
    Random random = new Random(seed);
    TranscriptNotation notation = new TranscriptNotation(settings);
    CheckedFsm fsm = new CheckedFsm(notation.config());
    Set<SessionState> visited = EnumSet.noneOf(SessionState.class);
    List<String> trail = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      List<String> kinds =
          switch (random.nextInt(60)) {
            case 0 -> SELDOM;
            case 1, 2, 3 -> PATHS;
            default -> KINDS;
          };
      String side = random.nextBoolean() ? "local" : "remote";
      String event = kinds.get(random.nextInt(kinds.size())).replace("SIDE", side);
      trail.add(event);
      try {
        fsm.handle(notation.event(event));
      } catch (AssertionError | RuntimeException broken) {
        throw new AssertionError(
            "after " + trail.subList(Math.max(0, trail.size() - 20), trail.size()), broken);
      }
      visited.add(fsm.state());
    }
    assertThat(visited)
        .containsAll(
            notation.config().options().passive()
                ? EnumSet.complementOf(EnumSet.of(SessionState.CONNECT))
                : EnumSet.allOf(SessionState.class));
  }
}
