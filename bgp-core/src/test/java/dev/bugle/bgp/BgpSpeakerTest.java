package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two speakers on loopback: an announcer that connects, and a router that listens. */
@Timeout(30)
class BgpSpeakerTest {

  private static final long ROUTER_AS = 65000;
  private static final long ANNOUNCER_AS = 4_200_000_001L;

  private final BgpSpeaker router =
      BgpSpeaker.open(
          SpeakerConfig.builder(ROUTER_AS, "192.0.2.254").listen("127.0.0.1", 0).build());
  private final BgpSpeaker announcer =
      BgpSpeaker.open(SpeakerConfig.builder(ANNOUNCER_AS, "192.0.2.1").build());
  private final PeerLog atRouter = new PeerLog();
  private final PeerLog atAnnouncer = new PeerLog();

  @AfterEach
  void close() {
    announcer.close();
    router.close();
  }

  private Peer peerOfRouter() {
    return router.peer(
        PeerConfig.builder("127.0.0.2", ANNOUNCER_AS).passive(true).build(), atRouter);
  }

  private Peer peerOfAnnouncer() {
    return announcer.peer(
        PeerConfig.builder("127.0.0.1", ROUTER_AS)
            .port(router.listenAddresses().get(0).getPort())
            .localAddress("127.0.0.2")
            .nextHop("2001:db8::2")
            .connectRetry(Duration.ofMillis(500))
            .build(),
        atAnnouncer);
  }

  private void establish() throws InterruptedException {
    peerOfRouter();
    peerOfAnnouncer();
    atRouter.established();
    atAnnouncer.established();
  }

  @Test
  void announcesAndWithdrawsAnIpv4Route() throws Exception {
    establish();
    Announcement vip =
        announcer.announce(
            Route.to("203.0.113.10/32")
                .communities("65001:100", "no-export", "4200000001:1:2", "rt:65001:7")
                .med(50)
                .prepend(1)
                .build());
    Deadline.await(vip.flushed());
    assertThat(atRouter.await("UPDATE nlri"))
        .isEqualTo(
            "UPDATE nlri [203.0.113.10/32] with ORIGIN igp, AS_PATH 4200000001 4200000001,"
                + " NEXT_HOP 127.0.0.2, MULTI_EXIT_DISC 50, COMMUNITIES 65001:100 no-export,"
                + " EXTENDED COMMUNITIES rt:65001:7, LARGE_COMMUNITY 4200000001:1:2");
    vip.close();
    atRouter.await("UPDATE withdrawn [203.0.113.10/32]");
  }

  @Test
  void announcesAndWithdrawsAnIpv6Route() throws Exception {
    establish();
    Announcement vip = announcer.announce(Route.to("2001:db8::10/128").build());
    assertThat(atRouter.await("UPDATE with", line -> line.contains("MP_REACH")))
        .contains("ipv6-unicast [2001:db8::10/128] via 2001:db8::2");
    vip.close();
    atRouter.await("withdrawal", line -> line.contains("MP_UNREACH_NLRI ipv6-unicast [2001"));
  }

  @Test
  void aSessionThatComesBackGetsTheWholeDesiredSetAndEndOfRib() throws Exception {
    announcer.announce(Route.to("203.0.113.10/32").build());
    Peer peer = peerOfAnnouncer();
    peerOfRouter();
    atRouter.await("UPDATE nlri [203.0.113.10/32]");
    atRouter.await("UPDATE End-of-RIB");
    peer.reset("new colours");
    assertThat(atRouter.await("received NOTIFICATION"))
        .contains("Cease/Administrative Reset (6/4) \"new colours\"");
    atRouter.await("UPDATE nlri [203.0.113.10/32]");
    atRouter.await("UPDATE End-of-RIB");
  }

  @Test
  void shutdownWithdrawsAndThenTellsTheTextToThePeer() throws Exception {
    establish();
    announcer.announce(Route.to("203.0.113.10/32").build());
    atRouter.await("UPDATE nlri");
    Deadline.await(announcer.shutdown("kernel upgrade"));
    atRouter.await("UPDATE withdrawn [203.0.113.10/32]");
    assertThat(atRouter.await("received NOTIFICATION"))
        .contains("Cease/Administrative Shutdown (6/2) \"kernel upgrade\"");
  }

  @Test
  void aPeerInAnotherAsIsRefusedWithBadPeerAs() throws Exception {
    router.peer(PeerConfig.builder("127.0.0.2", 65009).passive(true).build(), atRouter);
    peerOfAnnouncer();
    assertThat(atAnnouncer.await("received NOTIFICATION"))
        .contains("OPEN Message Error/Bad Peer AS (2/2)");
  }
}
