package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.LocalRole;
import dev.bugle.bgp.session.PathState;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.capability.Role;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An announcer with two routers on loopback; towards one of them it is configured anew. */
@Timeout(30)
class ReconfigureTest {

  private static final String ROUTE =
      "UPDATE nlri [203.0.113.10/32] with ORIGIN igp, AS_PATH 65001";
  private static final String MARKER = "UPDATE nlri [198.51.100.1/32]";

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

  private Peer establish(PeerConfig config) throws InterruptedException {
    PeerConfig announcerAsPeer = PeerConfig.builder("127.0.0.2", 65001).passive(true).build();
    router.peer(announcerAsPeer, atRouter);
    neighbour.peer(announcerAsPeer, atNeighbour);
    announcer.announce(Route.to("203.0.113.10/32").build());
    announcer.peer(towards(neighbour).build());
    Peer peer = announcer.peer(config);
    peer.pathState(PathState.UP, "the test says so");
    atRouter.await("UPDATE End-of-RIB ipv6");
    atNeighbour.await("UPDATE End-of-RIB ipv6");
    return peer;
  }

  private void announceMarker() {
    announcer.announce(Route.to("198.51.100.1/32").build());
  }

  @Test
  void whatIsNotNegotiatedChangesWhileTheSessionStands() throws Exception {
    Peer peer = establish(towards(router).build());
    PeerConfig changed =
        peer.config().toBuilder()
            .description("top-of-rack")
            .connectRetry(Duration.ofMillis(300))
            .nextHop("127.0.0.9")
            .minimumRouteAdvertisementInterval(Duration.ofMillis(1))
            .build();

    Deadline.await(peer.reconfigure(changed));
    announceMarker();

    assertThat(peer.config()).isEqualTo(changed);
    assertThat(peer).hasToString("127.0.0.1 (top-of-rack)");
    assertThat(peer.status().peer().description()).isEqualTo("top-of-rack");
    assertThat(atRouter.until(MARKER)).first().isEqualTo(ROUTE + ", NEXT_HOP 127.0.0.9");
    assertThat(atNeighbour.until(MARKER)).hasSize(1);
    assertThat(peer.status().sessions().established()).isEqualTo(1);
  }

  @Test
  void whatIsNegotiatedBeginsTheSessionAnewAndNoOther() throws Exception {
    Peer peer = establish(towards(router).strictPath(true).build());

    Deadline.await(
        peer.reconfigure(peer.config().toBuilder().holdTime(Duration.ofSeconds(30)).build()));

    assertThat(atRouter.await("received NOTIFICATION"))
        .contains("Cease/Other Configuration Change (6/6)");
    atRouter.established();
    atRouter.await(ROUTE);
    atRouter.await("UPDATE End-of-RIB ipv6");
    assertThat(peer.status().negotiated().orElseThrow().holdTime())
        .isEqualTo(Duration.ofSeconds(30));
    announceMarker();
    assertThat(atNeighbour.until(MARKER)).as("what the other one heard").hasSize(1);
    atRouter.await(MARKER);
  }

  @Test
  void anotherTransportBeginsTheSessionAnew() throws Exception {
    Peer peer = establish(towards(router).build());
    router.peer(PeerConfig.builder("127.0.0.4", 65001).passive(true).build(), atRouter);
    Deadline.await(peer.reconfigure(peer.config().toBuilder().localAddress("127.0.0.4").build()));
    atRouter.await("received NOTIFICATION");
    atRouter.established();
    atRouter.await(ROUTE + ", NEXT_HOP 127.0.0.4");
  }

  @Test
  void whatCannotBeIsRefusedAndChangesNothing() throws Exception {
    Peer peer = establish(towards(router).build());
    PeerConfig before = peer.config();
    assertThatThrownBy(() -> peer.reconfigure(before.toBuilder().address("127.0.0.7").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("peer 127.0.0.1 cannot become 127.0.0.7; close it, and add another");
    PeerConfig roleWithin =
        before.toBuilder()
            .remoteAs(RemoteAs.Relation.INTERNAL)
            .role(new LocalRole(Role.CUSTOMER, false))
            .build();
    assertThatThrownBy(() -> peer.reconfigure(roleWithin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("role");
    assertThat(peer.config()).isEqualTo(before);
    announceMarker();
    assertThat(atRouter.until(MARKER)).hasSize(1);
  }

  @Test
  void aPeerThatWasClosedStaysClosed() throws Exception {
    Peer peer = establish(towards(router).build());
    peer.close();
    atRouter.await("received NOTIFICATION");
    Deadline.await(
        peer.reconfigure(peer.config().toBuilder().holdTime(Duration.ofSeconds(30)).build()));
    Deadline.await(peer.exportPolicy(RoutePolicy.REJECT_ALL));
    assertThat(peer.status().state()).isEqualTo(SessionState.IDLE);
  }
}
