package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.session.PathState;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.BgpError;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two speakers on loopback, and a watcher of the path between them. */
@Timeout(30)
class PathStateTest {

  private static final String EXPIRED = "BFD: control detection time expired";

  private final BgpSpeaker router =
      BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").listen("127.0.0.1", 0).build());
  private final BgpSpeaker announcer =
      BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build());
  private final PeerLog atRouter = new PeerLog();
  private final PeerLog atAnnouncer = new PeerLog();

  @AfterEach
  void close() {
    announcer.close();
    router.close();
  }

  private static PeerConfig.Builder towardsAnnouncer() {
    return PeerConfig.builder("127.0.0.2", 65001).passive(true);
  }

  private PeerConfig.Builder towardsRouter() {
    InetSocketAddress address = router.listenAddresses().get(0);
    return PeerConfig.builder("127.0.0.1", 65000)
        .port(address.getPort())
        .localAddress("127.0.0.2")
        .connectRetry(Duration.ofMillis(300));
  }

  /** With a hold time of 90 s, nothing else tells the peer within the deadline of the test. */
  @Test
  void aPathThatFailsEndsTheSessionAtOnceAndItComesBack() throws Exception {
    router.peer(towardsAnnouncer().build(), atRouter);
    Peer peer = announcer.peer(towardsRouter().build(), atAnnouncer);
    atRouter.established();
    atAnnouncer.established();
    peer.pathState(PathState.UP, "BFD: up");
    peer.pathState(PathState.DOWN, EXPIRED);
    assertThat(atRouter.await("received NOTIFICATION")).contains("Cease/BFD Down (6/10)");
    assertThat(atAnnouncer.await("state")).isEqualTo("state ACTIVE: " + EXPIRED);
    assertThat(peer.status().lastSent())
        .hasValueSatisfying(last -> assertThat(last.error()).isEqualTo(BgpError.BFD_DOWN));
    assertThat(peer.status().path()).isEqualTo(new PathStatus(PathState.DOWN, EXPIRED));
    atAnnouncer.established();
    atRouter.established();
  }

  @Test
  void aPathThatIsNotWatchedAnyMoreDoesNotHurt() throws Exception {
    router.peer(towardsAnnouncer().build(), atRouter);
    Peer peer = announcer.peer(towardsRouter().build(), atAnnouncer);
    atAnnouncer.established();
    peer.pathState(PathState.UP, "BFD: up");
    peer.pathState(PathState.ADMIN_DOWN, "BFD: administratively down");
    peer.pathState(PathState.DOWN, "BFD: no diagnostic");
    Deadline.await(announcer.flush()); // comes behind them on the session's loop
    assertThat(peer.status().state()).isEqualTo(SessionState.ESTABLISHED);
  }

  @Test
  void aStrictSessionWaitsForThePathAndSaysSo() throws Exception {
    router.peer(towardsAnnouncer().build(), atRouter);
    Peer peer = announcer.peer(towardsRouter().strictPath(true).build(), atAnnouncer);
    peer.pathState(PathState.DOWN, "BFD: no diagnostic");
    Deadline.await(announcer.flush());
    assertThat(peer.status().state()).isEqualTo(SessionState.IDLE);
    assertThat(peer.status().cause()).isEqualTo("waiting for the path: BFD: no diagnostic");
    peer.pathState(PathState.UP, "BFD: up");
    assertThat(atAnnouncer.await("state")).isEqualTo("state CONNECT: BFD: up");
    atAnnouncer.established();
    peer.pathState(PathState.DOWN, EXPIRED);
    assertThat(atRouter.await("received NOTIFICATION")).contains("Cease/BFD Down (6/10)");
    assertThat(atAnnouncer.await("state")).isEqualTo("state IDLE: " + EXPIRED);
    Deadline.await(announcer.flush());
    assertThat(peer.status().cause()).isEqualTo("waiting for the path: " + EXPIRED);
    peer.pathState(PathState.ADMIN_DOWN, "BFD: administratively down");
    atAnnouncer.established();
  }

  @Test
  void aStrictSessionRefusesThePeerUntilThePathIsUp() throws Exception {
    Peer strict = router.peer(towardsAnnouncer().strictPath(true).build(), atRouter);
    announcer.peer(towardsRouter().build(), atAnnouncer);
    assertThat(atAnnouncer.await("received NOTIFICATION"))
        .contains("Cease/Connection Rejected (6/5)");
    strict.pathState(PathState.UP, "BFD: up");
    atAnnouncer.established();
    atRouter.established();
  }

  @Test
  void afterTheEndThePathDoesNotMatter() {
    Peer peer = announcer.peer(towardsRouter().build());
    peer.close();
    peer.pathState(PathState.UP, "BFD: up");
    announcer.close();
    peer.pathState(PathState.DOWN, EXPIRED);
  }
}
