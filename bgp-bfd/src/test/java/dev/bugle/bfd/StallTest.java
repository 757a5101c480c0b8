package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.wire.ControlPacket.Intervals;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** BFD's own thread is held up for longer than the Detection Time. */
@Timeout(120)
class StallTest {

  private static final String A = "127.80.5.1";
  private static final String B = "127.80.5.2";
  private static final long STALL_MILLIS = 1500;
  private static final int ATTEMPTS = 3;

  /** The other side is patient with us: 10 s. We are not with it: 300 ms. */
  private static final BfdProfile STALLED = BfdProfile.of(Duration.ofMillis(100), 100);

  private static final BfdProfile PUNCTUAL = BfdProfile.of(Duration.ofMillis(100), 3);

  private static void stall() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STALL_MILLIS);
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /** Where the machine holds up the other side it is silent, which shows nothing: once more. */
  @Test
  void aStallOfOursIsNotTakenForASilenceOfTheOtherSide() throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        withstandStalls();
        return;
      } catch (AssertionError failed) {
        if (attempt == ATTEMPTS) {
          throw failed;
        }
      }
    }
  }

  private static void withstandStalls() throws Exception {
    try (TwoSpeakers two = new TwoSpeakers(A, B)) {
      two.start(STALLED, PUNCTUAL, Optional.empty()).up();
      assertThat(two.ab.status().detectionTime()).contains(Duration.ofMillis(300));
      for (int i = 0; i < 3; i++) {
        CountDownLatch over = new CountDownLatch(1);
        two.a
            .thread()
            .execute(
                () -> {
                  stall();
                  over.countDown();
                });
        assertThat(over.await(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        long received = two.ab.status().counters().received();
        Deadline.until(
            "packets after the stall",
            () -> two.ab.status().counters().received() > received + 20,
            () -> two.ab.status().toString());
      }
      assertThat(two.ab.status().state()).isEqualTo(State.UP);
      assertThat(two.ab.status().counters().flaps()).isZero();
      assertThat(two.heardByA.rest()).isEmpty();
      assertThat(two.metersOfA.get("bfd.scheduling.delay").timer().max(TimeUnit.MILLISECONDS))
          .as("the meter shows the stall")
          .isGreaterThan(STALL_MILLIS - 300);
    }
  }

  /** Here it is a listener that blocks, as it must not. */
  @Test
  void aSilenceThatIsFoundAfterAStallTellsOfTheStall() {
    try (BfdSpeaker speaker = BfdSpeaker.open(BfdConfig.builder().localAddress(A).build());
        RawPeer peer = RawPeer.open(B, A);
        RawPeer other = RawPeer.open("127.80.5.3", A)) {
      Changes heard = new Changes();
      speaker.session(TwoSpeakers.config(B, A, STALLED, Optional.empty()), heard);
      CountDownLatch stalls = new CountDownLatch(1);
      speaker.session(
          TwoSpeakers.config("127.80.5.3", A, STALLED, Optional.empty()),
          (session, change) -> {
            if (change.to() == State.INIT) {
              stalls.countDown();
              stall();
            }
          });
      peer.intervals(new Intervals(100_000, 100_000, 0)).comeUp();
      peer.send(peer.says(State.UP));
      other.send(other.says(State.DOWN)); // and the first has nothing more to say
      BfdStateChange change = heard.awaitFrom(State.UP);
      assertThat(change.isSilence()).isTrue();
      if (stalls.getCount() == 0) { // unless this test was held up itself
        assertThat(change.silence()).isGreaterThan(Duration.ofMillis(STALL_MILLIS - 50));
        assertThat(change.ownDelay()).isGreaterThan(Duration.ofMillis(STALL_MILLIS - 400));
      }
    }
  }

  /** A command that blocks; the round that it blocks goes on to find the silence. */
  @Test
  void soDoesASilenceThatIsFoundInTheSameRound() {
    try (BfdSpeaker speaker = BfdSpeaker.open(BfdConfig.builder().localAddress(A).build());
        RawPeer peer = RawPeer.open(B, A)) {
      Changes heard = new Changes();
      speaker.session(TwoSpeakers.config(B, A, STALLED, Optional.empty()), heard);
      peer.intervals(new Intervals(100_000, 100_000, 0)).comeUp();
      peer.send(peer.says(State.UP));
      speaker.thread().execute(StallTest::stall);
      BfdStateChange change = heard.awaitFrom(State.UP);
      assertThat(change.isSilence()).isTrue();
      if (change.silence().compareTo(Duration.ofMillis(STALL_MILLIS - 200)) > 0) {
        assertThat(change.ownDelay()).isGreaterThan(Duration.ofMillis(STALL_MILLIS - 600));
      }
    }
  }
}
