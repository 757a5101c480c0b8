package dev.bugle.bgp;

import static dev.bugle.bgp.rib.Condition.anyCommunity;
import static dev.bugle.bgp.rib.Condition.peer;
import static dev.bugle.bgp.rib.Condition.peerIn;
import static dev.bugle.bgp.rib.Condition.prefixIn;
import static dev.bugle.bgp.rib.RouteChange.addCommunities;
import static dev.bugle.bgp.rib.RouteChange.med;
import static dev.bugle.bgp.rib.RouteChange.nextHop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.SessionState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An announcer with two routers on loopback, of which one has a policy that changes. */
@Timeout(30)
class ExportPolicyTest {

  private static final String AS_PATH = "ORIGIN igp, AS_PATH 65001, NEXT_HOP 127.0.0.2";

  private final BgpSpeaker router =
      BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").listen("127.0.0.1", 0).build());
  private final BgpSpeaker neighbour =
      BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.253").listen("127.0.0.3", 0).build());
  private final BgpSpeaker announcer =
      BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build());
  private final PeerLog atRouter = new PeerLog();
  private final PeerLog atNeighbour = new PeerLog();

  @AfterEach
  void close() {
    announcer.close();
    router.close();
    neighbour.close();
  }

  private static PeerConfig.Builder towards(BgpSpeaker speaker) {
    var address = speaker.listenAddresses().get(0);
    return PeerConfig.builder(address.getAddress().getHostAddress(), 65000)
        .port(address.getPort())
        .localAddress("127.0.0.2")
        .connectRetry(Duration.ofMillis(500));
  }

  private static PeerConfig announcerAsPeer() {
    return PeerConfig.builder("127.0.0.2", 65001).passive(true).build();
  }

  /** Both routers have the whole initial set when this returns. */
  private Peer establish(RoutePolicy policy) throws InterruptedException {
    router.peer(announcerAsPeer(), atRouter);
    neighbour.peer(announcerAsPeer(), atNeighbour);
    announcer.peer(towards(neighbour).build());
    Peer peer = announcer.peer(towards(router).exportPolicy(policy).build());
    atRouter.await("UPDATE End-of-RIB ipv6");
    atNeighbour.await("UPDATE End-of-RIB ipv6");
    return peer;
  }

  private void announce(String prefix, String... communities) {
    announcer.announce(Route.to(prefix).communities(communities).build());
  }

  @Test
  void aPeerIsToldWhatItsPolicyAcceptsAsThePolicyChangesIt() throws Exception {
    announce("203.0.113.10/32", "65001:1");
    announce("203.0.113.11/32", "65001:2");
    RoutePolicy policy =
        RoutePolicy.of(
            PolicyRule.when(peer("127.0.0.1"), anyCommunity("65001:1"))
                .change(addCommunities("65000:7"), med(3), nextHop("127.0.0.9"))
                .accept());
    router.peer(announcerAsPeer(), atRouter);
    announcer.peer(towards(router).exportPolicy(policy).build());
    atRouter.established();
    assertThat(atRouter.until("UPDATE End-of-RIB ipv4"))
        .containsExactly(
            "UPDATE nlri [203.0.113.10/32] with ORIGIN igp, AS_PATH 65001, NEXT_HOP 127.0.0.9,"
                + " MULTI_EXIT_DISC 3, COMMUNITIES 65000:7 65001:1",
            "UPDATE End-of-RIB ipv4-unicast");
  }

  @Test
  void aChangeOfPolicyTellsThePeerOnlyWhatDiffersAndOthersNothing() throws Exception {
    announce("203.0.113.10/32");
    announce("203.0.113.11/32");
    announce("203.0.113.12/32");
    Peer peer = establish(RoutePolicy.ACCEPT_ALL);
    RoutePolicy policy =
        RoutePolicy.of(
                PolicyRule.when(prefixIn("203.0.113.11/32")).reject(),
                PolicyRule.when(prefixIn("203.0.113.12/32")).change(med(50)))
            .orElse(RoutePolicy.ACCEPT_ALL);

    Deadline.await(peer.exportPolicy(policy));
    assertThat(peer.config().export().policy()).isEqualTo(policy);
    assertThat(peer.status().prefixesSent()).isEqualTo(2);
    announce("198.51.100.1/32");

    String marker = "UPDATE nlri [198.51.100.1/32] with " + AS_PATH;
    assertThat(atRouter.until(marker))
        .containsExactly(
            "UPDATE withdrawn [203.0.113.11/32]",
            "UPDATE nlri [203.0.113.12/32] with " + AS_PATH + ", MULTI_EXIT_DISC 50",
            marker);
    assertThat(atNeighbour.until(marker)).containsExactly(marker);
    assertThat(peer.status().state()).isEqualTo(SessionState.ESTABLISHED);
  }

  @Test
  void anAnnouncementHasAPolicyOfItsOwnWhichComesFirst() throws Exception {
    establish(
        RoutePolicy.of(PolicyRule.when(anyCommunity("65000:7")).change(med(4)).accept())
            .orElse(RoutePolicy.ACCEPT_ALL));
    announcer.announce(
        Route.to("203.0.113.10/32").build(),
        RoutePolicy.of(
            PolicyRule.when(peer("127.0.0.1")).change(addCommunities("65000:7"), med(3)).accept(),
            PolicyRule.when(peerIn("127.0.0.3/32")).accept()));
    announcer.announce(
        Route.to("203.0.113.11/32").build(),
        RoutePolicy.of(PolicyRule.when(peerIn("127.0.0.2/31")).accept()));
    announce("198.51.100.1/32");

    String marker = "UPDATE nlri [198.51.100.1/32] with " + AS_PATH;
    assertThat(atRouter.until(marker))
        .containsExactly(
            "UPDATE nlri [203.0.113.10/32] with "
                + AS_PATH
                + ", MULTI_EXIT_DISC 4, COMMUNITIES 65000:7",
            marker);
    assertThat(atNeighbour.until(marker))
        .containsExactly(
            "UPDATE nlri [203.0.113.10/32] with " + AS_PATH,
            "UPDATE nlri [203.0.113.11/32] with " + AS_PATH,
            marker);
  }

  @Test
  void whatAnAnnouncementKeepsFromAPeerHidesNoOther() throws Exception {
    establish(RoutePolicy.ACCEPT_ALL);
    announcer.announce(Route.to("203.0.113.10/32").build(), RoutePolicy.REJECT_ALL);
    announce("203.0.113.10/32", "65001:2");
    assertThat(atRouter.until("UPDATE nlri"))
        .containsExactly("UPDATE nlri [203.0.113.10/32] with " + AS_PATH + ", COMMUNITIES 65001:2");
  }

  @Test
  void whatWasRejectedIsToldWhenThePolicyAcceptsIt() throws Exception {
    announce("203.0.113.10/32");
    Peer peer = establish(RoutePolicy.REJECT_ALL);
    assertThat(peer.status().prefixesSent()).isZero();
    Deadline.await(peer.exportPolicy(RoutePolicy.ACCEPT_ALL));
    assertThat(atRouter.until("UPDATE nlri"))
        .containsExactly("UPDATE nlri [203.0.113.10/32] with " + AS_PATH);
    assertThat(peer.status().prefixesSent()).isEqualTo(1);
  }

  @Test
  void theEarliestAnnouncementThatThePolicyAcceptsIsTold() throws Exception {
    announce("203.0.113.10/32", "65001:1");
    announce("203.0.113.10/32", "65001:2");
    Peer peer = establish(RoutePolicy.ACCEPT_ALL);
    Deadline.await(
        peer.exportPolicy(RoutePolicy.of(PolicyRule.when(anyCommunity("65001:2")).accept())));
    assertThat(atRouter.until("UPDATE nlri"))
        .containsExactly("UPDATE nlri [203.0.113.10/32] with " + AS_PATH + ", COMMUNITIES 65001:2");
  }

  @Test
  void aSessionThatComesBackIsUnderTheNewPolicy() throws Exception {
    announce("203.0.113.10/32");
    announce("203.0.113.11/32");
    Peer peer = establish(RoutePolicy.ACCEPT_ALL);
    Deadline.await(
        peer.exportPolicy(RoutePolicy.of(PolicyRule.when(prefixIn("203.0.113.11/32")).accept())));
    peer.reset("again");
    atRouter.await("received NOTIFICATION");
    atRouter.established();
    assertThat(atRouter.until("UPDATE End-of-RIB ipv4"))
        .containsExactly(
            "UPDATE nlri [203.0.113.11/32] with " + AS_PATH, "UPDATE End-of-RIB ipv4-unicast");
  }

  @Test
  void withoutASessionThereIsNothingToWaitFor() throws Exception {
    Peer peer = announcer.peer(PeerConfig.builder("127.0.0.1", 65000).passive(true).build());
    Deadline.await(peer.exportPolicy(RoutePolicy.REJECT_ALL));
    assertThat(peer.config().export().policy()).isEqualTo(RoutePolicy.REJECT_ALL);
    announcer.close();
    Deadline.await(peer.exportPolicy(RoutePolicy.ACCEPT_ALL));
  }

  @Test
  void announcementsOfAPeerWithAnIntervalAreGathered() throws Exception {
    router.peer(announcerAsPeer(), atRouter);
    Peer peer =
        announcer.peer(
            towards(router).minimumRouteAdvertisementInterval(Duration.ofMinutes(10)).build());
    atRouter.await("UPDATE End-of-RIB ipv6");
    Deadline.await(announcer.announce(Route.to("203.0.113.10/32").build()).flushed());
    Announcement fickle = announcer.announce(Route.to("203.0.113.11/32").build());
    fickle.close();
    announcer.announce(Route.to("203.0.113.11/32").med(1).build()).close();
    Announcement last = announcer.announce(Route.to("203.0.113.11/32").med(2).build());
    assertThat(last.flushed().toCompletableFuture()).isNotDone();
    Deadline.await(
        peer.reconfigure(
            towards(router).minimumRouteAdvertisementInterval(Duration.ofMillis(200)).build()));
    Deadline.await(last.flushed());
    Announcement next = announcer.announce(Route.to("203.0.113.12/32").build());
    Deadline.await(next.flushed()); // when the interval has run out
    assertThat(atRouter.until("UPDATE nlri [203.0.113.12/32]"))
        .containsExactly(
            "UPDATE nlri [203.0.113.10/32] with " + AS_PATH,
            "UPDATE nlri [203.0.113.11/32] with " + AS_PATH + ", MULTI_EXIT_DISC 2",
            "UPDATE nlri [203.0.113.12/32] with " + AS_PATH);
  }
}
