package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bfd.wire.ControlPacket.Flags;
import dev.bugle.bfd.wire.ControlPacket.Intervals;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.Secret;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions over the loopback interface, with the real kernel and real time. */
@Timeout(120)
class BfdSpeakerTest {

  private static final String A = "127.80.1.1";
  private static final String B = "127.80.1.2";

  /** The other side may be late on a busy machine. */
  private static final BfdProfile PATIENT = BfdProfile.of(Duration.ofMillis(40), 255);

  private static final Duration PATIENCE = Duration.ofMillis(40 * 255);

  private TwoSpeakers two;

  @BeforeEach
  void open() {
    two = new TwoSpeakers(A, B);
  }

  @AfterEach
  void close() {
    two.close();
  }

  @Test
  void twoSpeakersComeUp() {
    two.up(PATIENT);
    BfdStatus status = two.ab.status();
    assertThat(status.state()).isEqualTo(State.UP);
    assertThat(status.diagnostic()).isEqualTo(Diagnostic.NONE);
    assertThat(status.transmitInterval()).contains(Duration.ofMillis(40));
    assertThat(status.detectionTime()).contains(PATIENCE);
    assertThat(status.remote().orElseThrow().myDiscriminator())
        .isEqualTo(two.ba.status().localDiscriminator());
    assertThat(status.counters().received()).isPositive();
    assertThat(status.counters().sent()).isPositive();
    assertThat(status.counters().notSent()).isZero();
    assertThat(status.counters().dropped()).isEmpty();
    assertThat(status.counters().flaps()).isZero();
    assertThat(two.a.sessions()).containsExactly(two.ab);
    assertThat(two.a.discarded()).isEmpty();
  }

  @Test
  void aSilentPartnerIsFoundAfterTheDetectionTime() {
    Duration detectionTime = Duration.ofMillis(600);
    try (RawPeer peer = RawPeer.open(B.replace(".2", ".3"), A)) {
      BfdSession session = session(B.replace(".2", ".3"), PATIENT);
      peer.comeUp();
      peer.intervals(new Intervals(200_000, 50_000, 0));
      long began = System.nanoTime();
      peer.send(peer.says(State.UP, new Flags(false, true, false, false)));
      assertThat(two.heardByA.await(State.UP).isFailure()).isFalse();
      BfdStateChange change = two.heardByA.await(State.DOWN);
      Duration waited = Duration.ofNanos(System.nanoTime() - began);

      assertThat(change.from()).isEqualTo(State.UP);
      assertThat(change.isFailure()).isTrue();
      assertThat(change.isSilence()).isTrue();
      assertThat(change.diagnostic()).isEqualTo(Diagnostic.CONTROL_DETECTION_TIME_EXPIRED);
      assertThat(change.silence()).isGreaterThanOrEqualTo(detectionTime);
      assertThat(change.ownDelay()).isGreaterThanOrEqualTo(Duration.ZERO);
      assertThat(change.silence().minus(change.ownDelay()))
          .as("whatever is more than the Detection Time is our own delay")
          .isLessThan(detectionTime.plusMillis(300));
      assertThat(change.cause()).contains("control detection time expired: nothing received for");
      assertThat(waited).isBetween(detectionTime, detectionTime.plusSeconds(20));
      assertThat(session.status().counters().flaps()).isEqualTo(1);
      assertThat(session.status().detectionTime()).isEmpty();
      assertThat(two.metersOfA.get("bfd.detection.time").timer().count()).isEqualTo(1);
    }
  }

  @Test
  void closeTellsTheOtherSideThatItIsNoFailure() {
    two.up(PATIENT);
    two.ab.close();
    BfdStateChange change = two.heardByB.awaitFrom(State.UP);
    assertThat(change.to()).isEqualTo(State.DOWN);
    assertThat(change.isFailure()).isFalse();
    assertThat(change.diagnostic()).isEqualTo(Diagnostic.NEIGHBOR_SIGNALED_SESSION_DOWN);
    assertThat(two.ba.status().remote().orElseThrow().state()).isEqualTo(State.ADMIN_DOWN);
    assertThat(two.a.sessions()).isEmpty();
    two.ab.close();
  }

  @Test
  void closingTheSpeakerTellsTheOtherSideThatItIsNoFailure() {
    two.up(PATIENT);
    two.a.close();
    assertThat(two.heardByB.awaitFrom(State.UP).isFailure()).isFalse();
  }

  @Test
  void aSessionThatWasClosedCanBeMadeAgain() {
    two.up(PATIENT);
    two.ab.close();
    two.heardByB.await(State.DOWN);
    two.heardByA.rest();
    two.ab = session(B, PATIENT);
    two.up();
  }

  @Test
  void anotherProfileHoldsWithoutAFlap() {
    two.up(PATIENT);
    two.ab.apply(BfdProfile.of(Duration.ofMillis(100), 150));
    Deadline.until(
        "the new interval on both sides",
        () ->
            two.ab.status().transmitInterval().equals(Optional.of(Duration.ofMillis(100)))
                && two.ba.status().detectionTime().equals(Optional.of(Duration.ofSeconds(15))),
        () -> two.ab.status() + " " + two.ba.status());
    assertThat(two.ba.status().transmitInterval()).contains(Duration.ofMillis(100));
    two.ab.apply(PATIENT);
    Deadline.until(
        "the former interval on both sides",
        () ->
            two.ab.status().transmitInterval().equals(Optional.of(Duration.ofMillis(40)))
                && two.ba.status().detectionTime().equals(Optional.of(PATIENCE)));
    assertNoFlap();
  }

  @Test
  void keysRollOverWithoutAFlap() {
    AuthenticationType type = AuthenticationType.METICULOUS_KEYED_SHA1;
    Keys old = Keys.of(type, 1, Secret.of("old"));
    Map<Integer, Secret> either = Map.of(1, Secret.of("old"), 2, Secret.of("new"));
    two.start(PATIENT, PATIENT, Optional.of(old)).up();
    Keys sendsOld = new Keys(type, either, 1);
    Keys sendsNew = new Keys(type, either, 2);
    Keys onlyNew = Keys.of(type, 2, Secret.of("new"));
    for (Keys step : new Keys[] {sendsOld, sendsNew, onlyNew}) {
      for (BfdSession session : new BfdSession[] {two.ab, two.ba}) {
        session.keys(Optional.of(step));
        awaitPackets(two.ab, 2);
        awaitPackets(two.ba, 2);
      }
    }
    assertNoFlap();
    assertThat(two.ab.status().counters().dropped()).isEmpty();
    assertThat(two.ba.status().counters().dropped()).isEmpty();
  }

  @Test
  void aWrongKeyKeepsTheSessionDown() {
    two.ab = session(B, PATIENT, Keys.of(AuthenticationType.KEYED_SHA1, 1, Secret.of("a")));
    two.ba =
        two.b.session(
            TwoSpeakers.config(
                A,
                B,
                PATIENT,
                Optional.of(Keys.of(AuthenticationType.KEYED_SHA1, 1, Secret.of("b")))),
            two.heardByB);
    Deadline.until(
        "packets to be refused",
        () ->
            two.ab.status().counters().dropped().getOrDefault(DropReason.WRONG_AUTHENTICATION, 0L)
                > 0);
    assertThat(two.ab.status().state()).isEqualTo(State.DOWN);
  }

  @Test
  void aPassiveSideIsSilentUntilItHears() {
    BfdProfile passive = BfdProfile.builder(Duration.ofMillis(40), 255).passive(true).build();
    two.ab = session(B, passive);
    try (RawPeer peer = RawPeer.open("127.80.1.4", A)) {
      // A session beside it, which sends its second packet after 0.75 s: time has passed.
      BfdSession beside = session("127.80.1.4", PATIENT);
      Deadline.until("two slow packets", () -> beside.status().counters().sent() > 1);
      assertThat(two.ab.status().counters().sent()).isZero();
      assertThat(two.ab.status().state()).isEqualTo(State.DOWN);
      assertThat(two.ab.status().transmitInterval()).isEmpty();
    }
    two.ba = two.b.session(TwoSpeakers.config(A, B, PATIENT, Optional.empty()), two.heardByB);
    two.up();
  }

  @Test
  void disableHoldsTheSessionDownUntilItIsEnabled() {
    two.up(PATIENT);
    two.ab.disable();
    assertThat(two.heardByA.await(State.ADMIN_DOWN).isFailure()).isFalse();
    BfdStateChange change = two.heardByB.await(State.DOWN);
    assertThat(change.isFailure()).isFalse();
    Deadline.until(
        "a packet to be refused",
        () -> two.ab.status().counters().dropped().containsKey(DropReason.ADMIN_DOWN));
    assertThat(two.ab.status().state()).isEqualTo(State.ADMIN_DOWN);
    two.ab.enable();
    two.up();
  }

  @Test
  void failTakesTheSessionDownAndItComesUpAgain() {
    two.up(PATIENT);
    two.ab.fail(Diagnostic.PATH_DOWN);
    BfdStateChange change = two.heardByA.awaitFrom(State.UP);
    assertThat(change.diagnostic()).isEqualTo(Diagnostic.PATH_DOWN);
    assertThat(change.isFailure()).isTrue();
    assertThat(change.isSilence()).isFalse();
    assertThat(two.heardByB.awaitFrom(State.UP).isFailure()).isTrue();
    two.up();
  }

  @Test
  void aPollIsAnswered() {
    two.up(PATIENT);
    try (RawPeer peer = RawPeer.open("127.80.1.5", A)) {
      BfdSession session = session("127.80.1.5", PATIENT);
      peer.comeUp();
      peer.send(peer.says(State.UP, new Flags(true, false, false, false)));
      assertThat(peer.await("the Final bit", p -> p.flags().isFinal()).flags().poll()).isFalse();
      peer.send(peer.says(State.UP, new Flags(false, true, false, false)));
      peer.send(peer.says(State.UP));
      peer.await("no poll", p -> !p.flags().poll() && !p.flags().isFinal());
      session.poll();
      peer.await("a poll", p -> p.flags().poll());
    }
  }

  @Test
  void overSeveralHopsTheyComeUpToo() {
    BfdSessionConfig there = BfdSessionConfig.multihop(B, A).profile(PATIENT).build();
    BfdSessionConfig back = BfdSessionConfig.multihop(A, B).profile(PATIENT).build();
    two.ab = two.a.session(there, two.heardByA);
    two.ba = two.b.session(back, two.heardByB);
    two.up();
    assertThat(two.ab).hasToString("127.80.1.2 from 127.80.1.1, multihop");
  }

  @Test
  void overSeveralHopsThePacketsOfFartherPeersAreRefused() {
    try (RawPeer peer = RawPeer.multihop("127.80.1.6", A)) {
      BfdSession session =
          two.a.session(
              BfdSessionConfig.multihop("127.80.1.6", A).minimumTtl(250).build(), two.heardByA);
      peer.ttl(250).comeUp();
      peer.ttl(249).send(peer.says(State.DOWN));
      Deadline.until(
          "it to be refused",
          () -> session.status().counters().dropped().equals(Map.of(DropReason.LOW_TTL, 1L)));
      assertThat(session.status().state()).isEqualTo(State.UP);
    }
  }

  /**
   * There is one IPv6 address on the loopback interface only, and one speaker on it: the session
   * talks to itself. That needs everything that is different for IPv6.
   */
  @Test
  void overIpv6TheyComeUpToo() {
    Changes heard = new Changes();
    try (BfdSpeaker speaker = BfdSpeaker.open(BfdConfig.builder().localAddress("::1").build())) {
      BfdSession session =
          speaker.session(TwoSpeakers.config("::1", "::1", PATIENT, Optional.empty()), heard);
      heard.await(State.UP);
      assertThat(session.status().counters().dropped()).isEmpty();
      try (RawPeer far = RawPeer.sender("::1", "::1").ttl(254)) {
        far.learn(session.status().remote().orElseThrow());
        far.send(far.says(State.DOWN));
        Deadline.until(
            "a hop limit of 254 to be refused",
            () -> session.status().counters().dropped().equals(Map.of(DropReason.LOW_TTL, 1L)));
      }
      assertThat(session.status().state()).isEqualTo(State.UP);
    }
  }

  @Test
  void eachSessionHasASourcePortOfItsOwn() {
    two.up(PATIENT);
    BfdSession other = session("127.80.1.7", PATIENT);
    int first = two.ab.status().sourcePort();
    int second = other.status().sourcePort();
    assertThat(first).isBetween(49152, 65535).isNotEqualTo(second);
    assertThat(second).isBetween(49152, 65535);
  }

  @Test
  void whatAListenerThrowsHurtsNobody() {
    try (CapturedLog log = new CapturedLog()) {
      two.ab =
          two.a.session(
              TwoSpeakers.config(B, A, PATIENT, Optional.empty()),
              (session, change) -> {
                two.heardByA.stateChanged(session, change);
                if (change.to() == State.UP) {
                  throw new AssertionError("a failure that the listener does not catch");
                }
                throw new IllegalStateException("a failure that the listener does not catch");
              });
      two.ba = two.b.session(TwoSpeakers.config(A, B, PATIENT, Optional.empty()), two.heardByB);
      two.up();
      awaitPackets(two.ab, 10);
      assertNoFlap();
      Deadline.until(
          "the log to tell",
          () -> log.lines().stream().anyMatch(line -> line.contains("the listener failed")));
    }
  }

  private BfdSession session(String peer, BfdProfile profile) {
    return two.a.session(TwoSpeakers.config(peer, A, profile, Optional.empty()), two.heardByA);
  }

  private BfdSession session(String peer, BfdProfile profile, Keys keys) {
    return two.a.session(TwoSpeakers.config(peer, A, profile, Optional.of(keys)), two.heardByA);
  }

  private static void awaitPackets(BfdSession session, int more) {
    long from = session.status().counters().received();
    Deadline.until(
        "packets that are accepted",
        () -> session.status().counters().received() >= from + more,
        () -> session.status().toString());
  }

  private void assertNoFlap() {
    assertThat(two.ab.status().counters().flaps()).isZero();
    assertThat(two.ba.status().counters().flaps()).isZero();
    assertThat(two.heardByA.rest()).isEmpty();
    assertThat(two.heardByB.rest()).isEmpty();
  }
}
