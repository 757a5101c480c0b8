package dev.bugle.bgp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.session.SimulatedPeers.Network;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two machines over a simulated network come together, whatever happens, and stay together. */
class ConvergenceTest {

  private static final int SEEDS = 2000;

  private static final SessionConfig LOWER = config("connect-retry=30");
  private static final SessionConfig HIGHER =
      config("local-as=65000 peer-as=65001 local-id=192.0.2.254 connect-retry=30");

  private static SessionConfig config(String settings) {
    return new TranscriptNotation(settings).config();
  }

  /**
   * The worst of all seeds.
   *
   * @param collisions connections that a side ended as a collision
   * @param flaps sessions that a side had up before the one that stays
   */
  private record Worst(Duration time, int collisions, int flaps) {}

  @Test
  void onASteadyNetworkACollisionNeverCostsASession() {
    for (int millis : new int[] {0, 1, 20, 200}) {
      Duration delay = Duration.ofMillis(millis);
      Worst worst =
          converge(Network.calm(delay, Duration.ZERO, delay.multipliedBy(5)), LOWER, HIGHER);
      assertThat(worst.flaps()).as("%s ms", millis).isZero();
      assertThat(worst.collisions()).as("%s ms", millis).isLessThanOrEqualTo(2);
      assertThat(worst.time()).as("%s ms", millis).isLessThanOrEqualTo(delay.multipliedBy(10));
    }
  }

  /** A late half of a collision must not be taken for a peer that has restarted. */
  @Test
  void norDoesItWithGracefulRestart() {
    Duration delay = Duration.ofMillis(20);
    Worst worst =
        converge(
            Network.calm(delay, Duration.ZERO, delay.multipliedBy(5)),
            config("peer-id=192.0.2.254 restart=60"),
            config("local-as=65000 peer-as=65001 local-id=192.0.2.254 restart=60"));
    assertThat(worst.flaps()).isZero();
  }

  /**
   * Here a KEEPALIVE on the one connection overtakes an OPEN on the other, so that each side may
   * close another one (RFC 4271 §6.8 has no cure); the jitter of the retry timer parts them.
   */
  @Test
  void onAJitteryNetworkAFewRoundsDo() {
    Duration jitter = Duration.ofMillis(300);
    Worst worst = converge(Network.calm(Duration.ZERO, jitter, jitter), LOWER, HIGHER);
    assertThat(worst.collisions()).isLessThanOrEqualTo(10);
    assertThat(worst.flaps()).isLessThanOrEqualTo(4);
    assertThat(worst.time()).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void anAbsurdlySlowNetworkConvergesToo() {
    Duration jitter = Duration.ofSeconds(2);
    Worst worst = converge(Network.calm(jitter, jitter, jitter), LOWER, HIGHER);
    assertThat(worst.time()).isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void equalIdentifiersConverge() {
    Duration jitter = Duration.ofMillis(50);
    Worst worst =
        converge(
            Network.calm(Duration.ZERO, jitter, jitter),
            config("local-as=65001 peer-as=65000 connect-retry=30"),
            config("local-as=65000 peer-as=65001 connect-retry=30"));
    assertThat(worst.time()).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void withOnePassiveThereIsNothingToCollide() {
    Duration jitter = Duration.ofMillis(50);
    Worst worst = converge(Network.calm(jitter, jitter, jitter), config("mode=passive"), HIGHER);
    assertThat(worst.collisions()).isZero();
    assertThat(worst.flaps()).isZero();
  }

  @Test
  void theyConvergeAfterAStorm() {
    Network stormy =
        new Network(
            Duration.ofMillis(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            30,
            20,
            Duration.ofMinutes(10));
    for (int seed = 0; seed < SEEDS / 2; seed++) {
      SimulatedPeers peers = new SimulatedPeers(seed, stormy, LOWER, HIGHER);
      // A silenced session looks converged: let its hold time pass. A silenced connection in
      // OPEN_SENT may live for four minutes, which must not matter.
      peers.runUntil(stormy.storm().plusSeconds(90));
      assertThat(peers.runUntilConverged(stormy.storm().plusSeconds(180)))
          .as("seed %s: %s", seed, peers)
          .isTrue();
      assertStays(seed, peers);
    }
  }

  private static Worst converge(Network network, SessionConfig a, SessionConfig b) {
    Worst worst = new Worst(Duration.ZERO, 0, 0);
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedPeers peers = new SimulatedPeers(seed, network, a, b);
      assertThat(peers.runUntilConverged(Duration.ofMinutes(10)))
          .as("seed %s: %s", seed, peers)
          .isTrue();
      Duration time = peers.time();
      worst =
          new Worst(
              time.compareTo(worst.time()) > 0 ? time : worst.time(),
              Math.max(peers.collisions(), worst.collisions()),
              Math.max(peers.sessionsUp() - 2, worst.flaps()));
      assertStays(seed, peers);
    }
    return worst;
  }

  private static void assertStays(int seed, SimulatedPeers peers) {
    int sessions = peers.sessionsUp();
    peers.runUntil(peers.time().plusMinutes(5));
    assertThat(peers.isConverged()).as("seed %s stays: %s", seed, peers).isTrue();
    assertThat(peers.sessionsUp()).as("seed %s flaps later", seed).isEqualTo(sessions);
  }
}
