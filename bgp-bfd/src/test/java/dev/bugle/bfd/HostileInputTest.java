package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.DropReason;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.Secret;
import dev.bugle.bfd.wire.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever comes that should not: it is counted under its reason, and the session stays UP. */
@Timeout(120)
class HostileInputTest {

  private static final String OURS = "127.80.7.1";
  private static final String PEER = "127.80.7.2";
  private static final String STRANGER = "127.80.7.3";
  private static final BfdProfile PROFILE = BfdProfile.of(Duration.ofMillis(50), 3);
  private static final Keys KEYS =
      Keys.of(AuthenticationType.METICULOUS_KEYED_SHA1, 7, Secret.of("right"));

  private final Changes heard = new Changes();
  private final BfdSpeaker speaker =
      BfdSpeaker.open(BfdConfig.builder().localAddress(OURS).build());
  private final RawPeer peer = RawPeer.open(PEER, OURS);
  private final Map<DropReason, Long> expectedOfSession = new EnumMap<>(DropReason.class);
  private final Map<DropReason, Long> expectedOfNone = new EnumMap<>(DropReason.class);
  private BfdSession session;

  @AfterEach
  void close() {
    speaker.close();
    peer.close();
  }

  private void up(Optional<Keys> keys) {
    session = speaker.session(TwoSpeakers.config(PEER, OURS, PROFILE, keys), heard);
    keys.ifPresent(peer::keys);
    peer.comeUp();
    heard.await(State.UP);
  }

  /** Everything so far was counted as expected, nothing else was, and the session is as it was. */
  private void check() {
    Deadline.until(
        expectedOfSession + " and " + expectedOfNone,
        () ->
            session.status().counters().dropped().equals(expectedOfSession)
                && speaker.discarded().equals(expectedOfNone),
        () -> session.status().counters().dropped() + " and " + speaker.discarded());
    assertStillUp();
  }

  /**
   * The good packet may find no room behind a wave of others, and is sent again. The longer that
   * takes, the less often: more are not to be lost, while the speaker is held up, than its window
   * for sequence numbers has (RFC 5880 §6.7.4), which is nine.
   */
  private void assertStillUp() {
    long began = System.nanoTime();
    long[] next = {0};
    long received = session.status().counters().received();
    Deadline.until(
        "a good packet to be accepted",
        () -> {
          if (System.nanoTime() - began >= next[0]) {
            peer.send(peer.says(State.UP));
            next[0] = 2 * next[0] + TimeUnit.MILLISECONDS.toNanos(5);
          }
          return session.status().counters().received() > received;
        },
        () -> session.status().toString());
    assertThat(session.status().state()).isEqualTo(State.UP);
    assertThat(session.status().counters().flaps()).isZero();
    assertThat(heard.rest()).isEmpty();
  }

  private void ofSession(DropReason reason) {
    expectedOfSession.merge(reason, 1L, Long::sum);
    check();
  }

  private void ofNone(DropReason reason) {
    expectedOfNone.merge(reason, 1L, Long::sum);
    check();
  }

  private byte[] good() {
    return RawPeer.octets(peer.says(State.UP));
  }

  private byte[] with(int index, int value) {
    byte[] octets = good();
    octets[index] = (byte) value;
    return octets;
  }

  private byte[] withZeros(int from, int to) {
    byte[] octets = good();
    Arrays.fill(octets, from, to, (byte) 0);
    return octets;
  }

  @Test
  void everyReasonIsReachedAndCounted() {
    up(Optional.empty());
    peer.send(with(3, 25));
    ofNone(DropReason.BAD_LENGTH);
    peer.send(with(3, 23));
    ofNone(DropReason.BAD_LENGTH);
    peer.send(with(0, 0x40));
    ofNone(DropReason.BAD_VERSION);
    peer.send(with(2, 0));
    ofNone(DropReason.ZERO_DETECT_MULT);
    peer.send(with(1, good()[1] | 1));
    ofNone(DropReason.MULTIPOINT);
    peer.send(withZeros(4, 8));
    ofNone(DropReason.ZERO_MY_DISCRIMINATOR);
    peer.send(withZeros(8, 12));
    ofNone(DropReason.ZERO_YOUR_DISCRIMINATOR);
    byte[] malformed = Arrays.copyOf(with(1, good()[1] | 4), 27);
    malformed[3] = 27;
    peer.send(malformed);
    ofNone(DropReason.MALFORMED_AUTHENTICATION);

    peer.send(with(11, good()[11] + 1));
    ofNone(DropReason.NO_SESSION);
    peer.send(with(8, good()[8] + 1));
    ofNone(DropReason.NO_SESSION);
    try (RawPeer stranger = RawPeer.sender(STRANGER, OURS)) {
      stranger.send(stranger.says(State.DOWN));
      ofNone(DropReason.NO_SESSION);
      stranger.send(good());
      ofSession(DropReason.WRONG_SOURCE);
      stranger.send(RawPeer.octets(peer.says(State.DOWN)));
      ofSession(DropReason.WRONG_SOURCE);
    }
    try (RawPeer far = RawPeer.sender(PEER, OURS).ttl(254)) {
      far.send(RawPeer.octets(peer.says(State.DOWN)));
      ofSession(DropReason.LOW_TTL);
      far.send(far.says(State.DOWN));
      ofSession(DropReason.LOW_TTL);
      far.ttl(1).send(good());
      ofSession(DropReason.LOW_TTL);
    }
    peer.send(KEYS.sign(peer.says(State.DOWN), 1));
    ofSession(DropReason.UNEXPECTED_AUTHENTICATION);

    Map<DropReason, Long> all = new EnumMap<>(expectedOfNone);
    all.putAll(expectedOfSession);
    assertThat(all.keySet())
        .as("the others need keys or a session that is held down")
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(
                EnumSet.of(
                    DropReason.MISSING_AUTHENTICATION,
                    DropReason.WRONG_AUTHENTICATION,
                    DropReason.REPLAYED,
                    DropReason.ADMIN_DOWN,
                    DropReason.HELD_DOWN)));
    session.disable();
    heard.await(State.ADMIN_DOWN);
    peer.send(peer.says(State.DOWN));
    Deadline.until(
        "it to be refused while the session is held down",
        () -> session.status().counters().dropped().containsKey(DropReason.ADMIN_DOWN));
  }

  @Test
  void whatIsNotSignedAsItShouldBeIsRefused() {
    up(Optional.of(KEYS));
    ControlPacket down = peer.says(State.DOWN);
    ControlPacket unsigned = down.withAuthentication(Optional.empty());
    peer.send(unsigned);
    ofSession(DropReason.MISSING_AUTHENTICATION);
    for (Keys wrong :
        new Keys[] {
          Keys.of(AuthenticationType.METICULOUS_KEYED_SHA1, 7, Secret.of("wrong")),
          Keys.of(AuthenticationType.METICULOUS_KEYED_SHA1, 8, Secret.of("right")),
          Keys.of(AuthenticationType.KEYED_SHA1, 7, Secret.of("right")),
          Keys.of(AuthenticationType.KEYED_MD5, 7, Secret.of("right")),
          Keys.of(AuthenticationType.SIMPLE_PASSWORD, 7, Secret.of("right"))
        }) {
      // The number is right: that of the next packet.
      int number = peer.says(State.UP).authentication().orElseThrow().sequenceNumber();
      peer.send(wrong.sign(unsigned, number));
      ofSession(DropReason.WRONG_AUTHENTICATION);
    }
    ControlPacket fresh = peer.says(State.UP);
    peer.send(fresh);
    peer.send(fresh);
    ofSession(DropReason.REPLAYED);
    peer.send(down);
    ofSession(DropReason.REPLAYED);
    peer.send(KEYS.sign(unsigned, 200_000));
    ofSession(DropReason.REPLAYED);
  }

  @Test
  void whatIsTooShortIsRefusedAtEveryLength() {
    up(Optional.of(KEYS));
    byte[] whole = RawPeer.octets(peer.says(State.DOWN));
    assertThat(whole).hasSize(52);
    for (int length = 0; length < whole.length; length++) {
      peer.send(Arrays.copyOf(whole, length));
      ofNone(DropReason.BAD_LENGTH);
    }
    // What follows the packet in the datagram is none of our business (RFC 5880 §6.8.6).
    for (int length = whole.length; length <= 60; length++) {
      long received = session.status().counters().received();
      peer.send(Arrays.copyOf(peer.next(State.UP), length));
      Deadline.until("it", () -> session.status().counters().received() > received);
    }
    for (int length = 0; length <= 60; length++) {
      byte[] ones = new byte[length];
      Arrays.fill(ones, (byte) 0xFF);
      peer.send(ones);
      ofNone(length < 24 ? DropReason.BAD_LENGTH : DropReason.BAD_VERSION);
    }
    check();
  }

  @Test
  void garbageHurtsNobody() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    up(Optional.of(KEYS));
    int wave = 200; // fits into any socket's buffer
    for (int i = 0; i < 100; i++) {
      for (int j = 0; j < wave; j++) {
        byte[] octets = random.nextInt(3) == 0 ? new byte[random.nextInt(300)] : good();
        if (octets.length == 52) {
          for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
            octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
          }
        } else {
          random.nextBytes(octets);
        }
        peer.send(octets);
      }
      try {
        assertStillUp();
      } catch (AssertionError broken) {
        throw new AssertionError("seed " + seed, broken);
      }
    }
    assertThat(speaker.discarded()).as("seed %d", seed).hasSizeGreaterThan(4);
    assertThat(session.status().counters().dropped())
        .as("seed %d", seed)
        .containsKey(DropReason.WRONG_AUTHENTICATION);
  }

  @Test
  void nothingIsLoggedOfIt() {
    up(Optional.of(KEYS));
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    speaker.journal().write(() -> written.complete(true));
    written.join();
    try (CapturedLog log = new CapturedLog()) {
      for (int i = 0; i < 200; i++) {
        peer.send(new byte[i]);
        peer.send(peer.says(State.UP).withAuthentication(Optional.empty()));
      }
      assertStillUp();
      assertThat(log.lines()).isEmpty();
    }
  }
}
