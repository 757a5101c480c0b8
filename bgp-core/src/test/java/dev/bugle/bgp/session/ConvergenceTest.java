package dev.bugle.bgp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Two machines over a simulated network come together, whatever happens, and stay together. */
class ConvergenceTest {

  private static final int SEEDS = 3000;

  private static SessionConfig config(String settings) {
    return new TranscriptNotation(settings).config();
  }

  private static final SessionConfig LOWER = config("connect-retry=30");
  private static final SessionConfig HIGHER =
      config("local-as=65000 peer-as=65001 local-id=192.0.2.254 connect-retry=30");

  private static SimulatedPeers.Network calm(Duration maxDelay, Duration startSpread) {
    return new SimulatedPeers.Network(maxDelay, startSpread, 0, 0, Duration.ZERO);
  }

  @Test
  void simultaneousOpensConvergeOnAFastNetwork(TestReporter reporter) {
    converge("1 ms", calm(Duration.ofMillis(1), Duration.ofMillis(2)), LOWER, HIGHER, 5, reporter);
  }

  @Test
  void simultaneousOpensConvergeOnASlowNetwork(TestReporter reporter) {
    Duration delay = Duration.ofMillis(300);
    converge("300 ms", calm(delay, Duration.ofMillis(600)), LOWER, HIGHER, 20, reporter);
  }

  @Test
  void simultaneousOpensConvergeOnAVerySlowNetwork(TestReporter reporter) {
    Duration delay = Duration.ofSeconds(2);
    converge("2 s", calm(delay, Duration.ofSeconds(1)), LOWER, HIGHER, 120, reporter);
  }

  @Test
  void equalIdentifiersConverge(TestReporter reporter) {
    converge(
        "equal identifiers",
        calm(Duration.ofMillis(50), Duration.ofMillis(50)),
        config("local-as=65001 peer-as=65000 connect-retry=30"),
        config("local-as=65000 peer-as=65001 connect-retry=30"),
        20,
        reporter);
  }

  @Test
  void theyConvergeWithOnePassive(TestReporter reporter) {
    converge(
        "one passive",
        calm(Duration.ofMillis(50), Duration.ofMillis(50)),
        config("mode=passive"),
        HIGHER,
        20,
        reporter);
  }

  @Test
  void theyConvergeAfterAStorm(TestReporter reporter) {
    SimulatedPeers.Network stormy =
        new SimulatedPeers.Network(
            Duration.ofMillis(200), Duration.ofSeconds(5), 30, 20, Duration.ofMinutes(10));
    // After the storm a silenced connection in OPEN_SENT may live for four minutes at one end, and
    // a silenced session for its hold time; then at most a back-off of 30 s.
    int[] seconds = new int[SEEDS / 3];
    for (int seed = 0; seed < seconds.length; seed++) {
      SimulatedPeers peers = new SimulatedPeers(seed, stormy, LOWER, HIGHER);
      peers.runUntil(stormy.storm());
      // A silenced session looks converged: let its hold time pass.
      peers.runUntil(stormy.storm().plusSeconds(90));
      boolean converged = peers.runUntilConverged(stormy.storm().plusSeconds(300));
      assertThat(converged).as("seed %s: %s", seed, peers).isTrue();
      seconds[seed] = (int) peers.time().minus(stormy.storm()).toSeconds();
      assertStays(seed, peers);
    }
    Arrays.sort(seconds);
    reporter.publishEntry("after a storm: seconds, longest", "" + seconds[seconds.length - 1]);
  }

  private static void converge(
      String name,
      SimulatedPeers.Network network,
      SessionConfig a,
      SessionConfig b,
      int seconds,
      TestReporter reporter) {
    long[] millis = new long[SEEDS];
    int[] collisions = new int[SEEDS];
    int[] flaps = new int[SEEDS];
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedPeers peers = new SimulatedPeers(seed, network, a, b);
      boolean converged = peers.runUntilConverged(Duration.ofSeconds(seconds));
      assertThat(converged).as("%s, seed %s: %s", name, seed, peers).isTrue();
      millis[seed] = peers.time().toMillis();
      collisions[seed] = peers.collisions();
      flaps[seed] = peers.sessionsUp() - 2;
      assertStays(seed, peers);
    }
    for (Object each : List.of(millis, collisions, flaps)) {
      if (each instanceof long[] longs) {
        Arrays.sort(longs);
      } else if (each instanceof int[] ints) {
        Arrays.sort(ints);
      }
    }
    int p99 = SEEDS * 99 / 100;
    reporter.publishEntry(
        name + ": p50 / p99 / max",
        millis[SEEDS / 2]
            + " / "
            + millis[p99]
            + " / "
            + millis[SEEDS - 1]
            + " ms, "
            + collisions[SEEDS / 2]
            + " / "
            + collisions[p99]
            + " / "
            + collisions[SEEDS - 1]
            + " collisions, "
            + flaps[SEEDS / 2]
            + " / "
            + flaps[p99]
            + " / "
            + flaps[SEEDS - 1]
            + " flaps");
  }

  private static void assertStays(int seed, SimulatedPeers peers) {
    int sessions = peers.sessionsUp();
    peers.runUntil(peers.time().plusMinutes(10));
    assertThat(peers.isConverged()).as("seed %s stays: %s", seed, peers).isTrue();
    assertThat(peers.sessionsUp()).as("seed %s flaps later", seed).isEqualTo(sessions);
  }
}
