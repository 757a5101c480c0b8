package dev.bugle.bfd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.Secret;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two machines that talk to each other over a path with faults, in simulated time. */
class TwoSessionsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Timing FAST = timing(50, 50, 3, false);

  private SimulatedClock clock = new SimulatedClock();
  private SimulatedSession a;
  private SimulatedSession b;
  private SimulatedPath ab;
  private SimulatedPath ba;

  @Test
  void theyComeUpAtOnceAndSpeedUp() {
    start(FAST, FAST, 1);
    clock.pass(Duration.ofMillis(10));
    assertUp();
    assertThat(a.fsm().detectionTime()).contains(Duration.ofMillis(150));
    assertThat(b.fsm().detectionTime()).contains(Duration.ofMillis(150));
    assertThat(a.fsm().transmitInterval()).contains(Duration.ofMillis(50));
  }

  @Test
  void theyComeUpUnderLossWithinAFewSlowPackets() {
    for (long seed = 0; seed < 2000; seed++) {
      start(FAST, FAST, seed);
      ab.loss = 0.2;
      ba.loss = 0.2;
      long began = clock.now();
      while (!(a.state() == State.UP && b.state() == State.UP)) {
        clock.pass(Duration.ofMillis(100));
        assertThat(clock.now() - began).as("seed " + seed).isLessThan(20 * SECOND.toNanos());
      }
    }
  }

  @Test
  void aPassiveSideWaitsForTheActiveOne() {
    a = session(1, FAST, SessionConfig.Role.PASSIVE, Optional.empty(), 1);
    b = session(2, FAST, SessionConfig.Role.PASSIVE, Optional.empty(), 2);
    join(1);
    clock.pass(SECOND.multipliedBy(10));
    assertThat(a.sent).isEmpty();
    assertThat(b.sent).isEmpty();
    SimulatedSession active = session(3, FAST, SessionConfig.Role.ACTIVE, Optional.empty(), 3);
    b = active;
    join(2);
    clock.pass(SECOND);
    assertUp();
    active.turnOff();
    clock.pass(SECOND);
    int sent = a.sent.size();
    clock.pass(SECOND.multipliedBy(10));
    assertThat(a.sent).as("silent when the other is gone").hasSize(sent);
  }

  @Test
  void silenceIsFoundExactlyAfterTheDetectionTime() {
    Random random = new Random(4);
    for (long seed = 0; seed < 2000; seed++) {
      Timing timingA = randomTiming(random);
      Timing timingB = randomTiming(random);
      start(timingA, timingB, seed);
      clock.pass(Duration.ofMillis(8000 + random.nextInt(500)));
      assertUp();
      long expected =
          timingB.detectMult()
              * Math.max(timingA.requiredMinRxMicros(), timingB.desiredMinTxMicros());
      assertThat(a.fsm().detectionTime()).as("seed " + seed).contains(Timing.micros(expected));
      ba.isCut = true;
      ab.isCut = random.nextBoolean();
      clock.pass(Timing.micros(expected));
      SimulatedSession.Changed change = a.changes.get(a.changes.size() - 1);
      assertThat(change.change().to()).isEqualTo(State.DOWN);
      assertThat(change.change().diagnostic()).isEqualTo(Diagnostic.CONTROL_DETECTION_TIME_EXPIRED);
      assertThat(change.at() - a.lastAcceptedAt).isEqualTo(expected * 1000);
      assertThat(a.fsm().remoteDiscriminator()).isZero();
      ba.isCut = false;
      ab.isCut = false;
      clock.pass(SECOND.multipliedBy(20));
      assertUp();
    }
  }

  @Test
  void periodicPacketsKeepTheirIntervalsAndJitter() {
    Random random = new Random(5);
    for (long seed = 0; seed < 2000; seed++) {
      Timing timingA = randomTiming(random);
      Timing timingB = randomTiming(random);
      start(timingA, timingB, seed);
      clock.pass(SECOND.multipliedBy(8));
      a.sent.clear();
      clock.pass(SECOND.multipliedBy(20));
      long interval = 1000 * Math.max(timingA.desiredMinTxMicros(), timingB.requiredMinRxMicros());
      for (int i = 1; i < a.sent.size(); i++) {
        assertThat(a.sent.get(i).at() - a.sent.get(i - 1).at())
            .isBetween(
                interval * 75 / 100, interval * (timingA.detectMult() == 1 ? 90 : 100) / 100);
      }
      assertThat(a.sent.size()).isGreaterThan((int) (19 * SECOND.toNanos() / interval));
    }
  }

  /** With a multiplier of 12, a run of losses that is long enough by itself does not happen. */
  @Test
  void intervalsChangeUnderLossAndNobodyGoesDown() {
    for (long seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      start(timing(50, 50, 12, false), timing(50, 50, 12, false), seed);
      clock.pass(SECOND.multipliedBy(2));
      assertUp();
      ab.loss = 0.15;
      ba.loss = 0.15;
      Timing lastA = FAST;
      Timing lastB = FAST;
      for (int i = 0; i < 8; i++) {
        lastA = timing(20 + random.nextInt(1500), 20 + random.nextInt(1500), 12, false);
        a.handle(new Event.TimingChanged(lastA));
        clock.pass(Duration.ofMillis(random.nextInt(1500)));
        lastB = timing(20 + random.nextInt(1500), 20 + random.nextInt(1500), 12, false);
        b.handle(new Event.TimingChanged(lastB));
        clock.pass(Duration.ofMillis(random.nextInt(1500)));
      }
      ab.loss = 0;
      ba.loss = 0;
      clock.pass(SECOND.multipliedBy(20));
      assertThat(a.downs() + b.downs()).as("seed " + seed).isZero();
      assertAgreed(a, lastA, lastB);
      assertAgreed(b, lastB, lastA);
      a.sent.clear();
      clock.pass(SECOND.multipliedBy(3));
      assertThat(a.packetsWithPoll()).as("polls end").isZero();
    }
  }

  @Test
  void demandModeIsSilentAndItsPollsFindTheOtherSide() {
    Timing quiet = timing(50, 50, 3, true);
    for (boolean both : new boolean[] {false, true}) {
      start(quiet, both ? quiet : FAST, 7);
      clock.pass(SECOND.multipliedBy(3));
      assertUp();
      a.sent.clear();
      b.sent.clear();
      clock.pass(SECOND.multipliedBy(10));
      assertUp();
      assertThat(b.sent).as("b was asked to be silent").isEmpty();
      assertThat(a.sent.isEmpty()).isEqualTo(both);
      assertThat(a.fsm().detectionTime()).isEmpty();

      a.handle(new Event.PollRequested());
      clock.pass(SECOND);
      assertUp();
      assertThat(a.packetsWithPoll()).isEqualTo(1);
      assertThat(b.sent).hasSize(1);

      ab.isCut = true;
      ba.isCut = true;
      clock.pass(Duration.ofMillis(100));
      assertThat(a.state()).isEqualTo(State.UP);
      a.sent.clear();
      long polledAt = clock.now();
      a.handle(new Event.PollRequested());
      clock.pass(SECOND);
      assertThat(a.state()).isEqualTo(State.DOWN);
      assertThat(a.changes.get(a.changes.size() - 1).at() - polledAt)
          .isEqualTo(Duration.ofMillis(150).toNanos());
      assertThat(a.packetsWithPoll()).as("the poll is repeated").isBetween(3, 4);
    }
  }

  @Test
  void demandModeIsTurnedOnAndOffUnderLossAndNobodyGoesDown() {
    for (long seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      start(timing(50, 50, 12, false), timing(50, 50, 12, false), seed);
      clock.pass(SECOND.multipliedBy(2));
      ab.loss = 0.1;
      ba.loss = 0.1;
      boolean demandA = false;
      boolean demandB = false;
      for (int i = 0; i < 8; i++) {
        demandA = random.nextBoolean();
        demandB = random.nextBoolean();
        a.handle(new Event.TimingChanged(timing(20 + random.nextInt(100), 50, 12, demandA)));
        clock.pass(Duration.ofMillis(random.nextInt(300)));
        b.handle(new Event.TimingChanged(timing(20 + random.nextInt(100), 50, 12, demandB)));
        clock.pass(Duration.ofMillis(random.nextInt(1000)));
        if (random.nextBoolean()) {
          a.handle(new Event.PollRequested());
        }
      }
      ab.loss = 0;
      ba.loss = 0;
      clock.pass(SECOND.multipliedBy(15));
      assertThat(a.downs() + b.downs()).as("seed " + seed).isZero();
      a.sent.clear();
      b.sent.clear();
      clock.pass(SECOND.multipliedBy(3));
      assertThat(a.sent.isEmpty()).as("seed " + seed).isEqualTo(demandB);
      assertThat(b.sent.isEmpty()).as("seed " + seed).isEqualTo(demandA);
    }
  }

  @Test
  void oneSideIsHeldDownAndReleased() {
    start(FAST, FAST, 8);
    clock.pass(SECOND);
    a.handle(new Event.Disable());
    clock.pass(Duration.ofMillis(2));
    assertThat(b.state()).as("told at once").isEqualTo(State.DOWN);
    assertThat(b.fsm().diagnostic()).isEqualTo(Diagnostic.NEIGHBOR_SIGNALED_SESSION_DOWN);
    a.sent.clear();
    clock.pass(SECOND.multipliedBy(60));
    assertThat(a.state()).isEqualTo(State.ADMIN_DOWN);
    assertThat(b.state()).isEqualTo(State.DOWN);
    assertThat(a.sent).as("goes on telling, slowly").hasSizeBetween(60, 81);
    a.handle(new Event.Enable());
    clock.pass(Duration.ofMillis(10));
    assertUp();
  }

  @Test
  void oneSideRestartsWithAnotherDiscriminator() {
    for (AuthenticationType type : AuthenticationType.values()) {
      Optional<Keys> keys = Optional.of(Keys.of(type, 1, Secret.of("key")));
      for (int downtimeMillis : new int[] {0, 20, 100, 200, 5000}) {
        clock = new SimulatedClock();
        a = session(1, FAST, SessionConfig.Role.ACTIVE, keys, 1);
        b = session(2, FAST, SessionConfig.Role.ACTIVE, keys, 2);
        join(1);
        clock.pass(SECOND);
        assertUp();
        b.turnOff();
        clock.pass(Duration.ofMillis(downtimeMillis));
        SimulatedSession survivor = a;
        b = session(99, FAST, SessionConfig.Role.ACTIVE, keys, 3_000_000_000L);
        join(2);
        clock.pass(SECOND.multipliedBy(15));
        assertThat(survivor.state()).isEqualTo(State.UP);
        assertThat(b.state()).isEqualTo(State.UP);
        assertThat(survivor.fsm().remoteDiscriminator()).isEqualTo(99);
        assertThat(survivor.downs()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(AuthenticationType.class)
  void authenticatedPacketsMayBeDuplicatedAndReordered(AuthenticationType type) {
    Keys keys = Keys.of(type, 1, Secret.of("key"));
    for (long seed = 0; seed < 20; seed++) {
      clock = new SimulatedClock();
      a = session(1, timing(50, 50, 5, false), SessionConfig.Role.ACTIVE, Optional.of(keys), seed);
      b = session(2, timing(50, 50, 5, false), SessionConfig.Role.ACTIVE, Optional.of(keys), ~seed);
      join(seed);
      clock.pass(SECOND.multipliedBy(2));
      assertUp();
      for (SimulatedPath path : List.of(ab, ba)) {
        path.duplicates = 0.3;
        path.reorderNanos = 30_000_000;
        path.loss = 0.02;
      }
      clock.pass(SECOND.multipliedBy(30));
      assertThat(a.downs() + b.downs()).as("seed " + seed).isZero();
      assertThat(a.dropped).allMatch(DropReason.REPLAYED::equals);
      if (type.isMeticulous()) {
        assertThat(a.dropped).as("duplicates").isNotEmpty();
      }
    }
  }

  @Test
  void replayedPacketsDoNotKeepADeadSessionUp() {
    Keys keys = Keys.of(AuthenticationType.METICULOUS_KEYED_SHA1, 1, Secret.of("key"));
    a = session(1, FAST, SessionConfig.Role.ACTIVE, Optional.of(keys), 1);
    b = session(2, FAST, SessionConfig.Role.ACTIVE, Optional.of(keys), 2);
    join(1);
    clock.pass(SECOND);
    b.turnOff();
    for (int i = 0; i < 100; i++) {
      a.handle(new Event.PacketReceived(b.sent.get(b.sent.size() - 1 - i % 5).packet()));
      clock.pass(Duration.ofMillis(2));
    }
    assertThat(a.state()).isEqualTo(State.DOWN);
    assertThat(a.dropped).hasSize(100).allMatch(DropReason.REPLAYED::equals);
  }

  @Test
  void keysAreChangedOneSideAfterTheOther() {
    Secret old = Secret.of("old");
    Secret fresh = Secret.of("new");
    AuthenticationType type = AuthenticationType.METICULOUS_KEYED_MD5;
    Keys first = Keys.of(type, 1, old);
    a = session(1, FAST, SessionConfig.Role.ACTIVE, Optional.of(first), 1);
    b = session(2, FAST, SessionConfig.Role.ACTIVE, Optional.of(first), 2);
    join(1);
    clock.pass(SECOND);
    for (Keys next :
        List.of(
            new Keys(type, Map.of(1, old, 2, fresh), 1),
            new Keys(type, Map.of(1, old, 2, fresh), 2),
            Keys.of(type, 2, fresh))) {
      for (SimulatedSession side : List.of(a, b)) {
        side.handle(new Event.KeysChanged(Optional.of(next)));
        clock.pass(SECOND);
      }
    }
    assertThat(a.downs() + b.downs()).isZero();
    assertThat(a.dropped).isEmpty();
    assertThat(b.dropped).isEmpty();
    a.handle(new Event.KeysChanged(Optional.of(first)));
    clock.pass(SECOND);
    assertThat(a.state()).as("keys that do not agree").isEqualTo(State.DOWN);
    assertThat(b.dropped).contains(DropReason.WRONG_AUTHENTICATION);
  }

  private void assertUp() {
    assertThat(a.state()).isEqualTo(State.UP);
    assertThat(b.state()).isEqualTo(State.UP);
  }

  private static void assertAgreed(SimulatedSession one, Timing mine, Timing theirs) {
    long interval = Math.max(mine.desiredMinTxMicros(), theirs.requiredMinRxMicros());
    long detection =
        theirs.detectMult() * Math.max(mine.requiredMinRxMicros(), theirs.desiredMinTxMicros());
    assertThat(one.fsm().transmitInterval()).contains(Timing.micros(interval));
    assertThat(one.fsm().detectionTime()).contains(Timing.micros(detection));
  }

  private void start(Timing timingA, Timing timingB, long seed) {
    clock = new SimulatedClock();
    a = session(1, timingA, SessionConfig.Role.ACTIVE, Optional.empty(), seed);
    b = session(2, timingB, SessionConfig.Role.ACTIVE, Optional.empty(), ~seed);
    join(seed);
  }

  private void join(long seed) {
    ab = new SimulatedPath(clock, a, b, seed * 31);
    ba = new SimulatedPath(clock, b, a, seed * 37 + 1);
    a.handle(new Event.Enable());
    b.handle(new Event.Enable());
  }

  private SimulatedSession session(
      int discriminator, Timing timing, SessionConfig.Role role, Optional<Keys> keys, long seed) {
    return new SimulatedSession(
        clock,
        new SessionConfig(discriminator, timing, role, false, false, (int) seed, keys),
        seed);
  }

  private static Timing timing(int minTxMillis, int minRxMillis, int detectMult, boolean demand) {
    return new Timing(
        Duration.ofMillis(minTxMillis),
        Duration.ofMillis(minRxMillis),
        Duration.ZERO,
        detectMult,
        demand);
  }

  private static Timing randomTiming(Random random) {
    return timing(10 + random.nextInt(800), 10 + random.nextInt(800), 1 + random.nextInt(5), false);
  }
}
