package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.session.PathState;
import dev.bugle.bgp.session.SessionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who hears what of a peer, and when. */
@Timeout(30)
class PeerListenerTest {

  private final BgpSpeaker speaker =
      BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").listen("127.0.0.1", 0).build());
  private final PeerLog log = new PeerLog();

  @AfterEach
  void close() {
    speaker.close();
  }

  private Peer strictPeer() {
    return speaker.peer(
        PeerConfig.builder("127.0.0.2", 65001).passive(true).strictPath(true).build(), log);
  }

  @Test
  void everythingIsHeardFromTheBeginningAndWhatASessionWaitsForToo() throws Exception {
    Peer peer = strictPeer();
    assertThat(log.next()).isEqualTo("subscribed in IDLE: not started");
    assertThat(log.next()).isEqualTo("cause in IDLE: waiting for the path: nothing is known of it");
    peer.pathState(PathState.DOWN, "BFD: no diagnostic");
    assertThat(log.next()).isEqualTo("cause in IDLE: waiting for the path: BFD: no diagnostic");
    peer.pathState(PathState.DOWN, "BFD: no diagnostic");
    peer.pathState(PathState.UP, "BFD: up");
    assertThat(log.next()).isEqualTo("state ACTIVE: BFD: up");
    peer.close();
    assertThat(log.next()).startsWith("state IDLE: stopped: Cease/Peer De-configured");
  }

  @Test
  void whoSubscribesLaterHearsHowItIsAndWhatFollows() throws Exception {
    Peer peer = strictPeer();
    peer.pathState(PathState.UP, "BFD: up");
    log.await("state ACTIVE");
    PeerLog late = new PeerLog();
    try (PeerSubscription subscription = peer.subscribe(late)) {
      assertThat(late.next()).isEqualTo("subscribed in ACTIVE: BFD: up");
      peer.pathState(PathState.DOWN, "BFD: control detection time expired");
      assertThat(late.next()).isEqualTo("state IDLE: BFD: control detection time expired");
      assertThat(subscription).isNotNull();
    }
    late.next(); // the cause that follows the state
    peer.pathState(PathState.ADMIN_DOWN, "BFD: administratively down");
    log.await("state ACTIVE: BFD: administratively down");
    late.add("nothing");
    assertThat(late.next()).isEqualTo("nothing");
  }

  @Test
  void aListenerThatThrowsDoesNotKeepTheOthersFromHearing() throws Exception {
    Peer peer = strictPeer();
    peer.subscribe(
        new PeerListener() {
          @Override
          public void stateChanged(Peer who, SessionState from, SessionState to, String cause) {
            throw new IllegalStateException("a listener with a bug");
          }
        });
    PeerLog third = new PeerLog();
    peer.subscribe(third);
    peer.pathState(PathState.UP, "BFD: up");
    third.await("state ACTIVE: BFD: up");
  }

  @Test
  void afterTheEndOfTheSpeakerThereIsNothingToHear() throws Exception {
    Peer peer = strictPeer();
    speaker.close();
    PeerLog late = new PeerLog();
    peer.subscribe(late).close();
    late.add("nothing");
    assertThat(late.next()).isEqualTo("nothing");
  }
}
