package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.bmp.BmpMessage;
import dev.bugle.bgp.bmp.BmpPeer;
import dev.bugle.bgp.bmp.Initiation;
import dev.bugle.bgp.bmp.PeerUp;
import dev.bugle.bgp.bmp.RouteMonitoring;
import dev.bugle.bgp.rib.Condition;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.RouteRetention;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.capability.AddPathCapability;
import dev.bugle.bgp.wire.capability.GracefulRestartCapability;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a station is told out of the routing table, of a peer that cannot be asked again. */
@Timeout(120)
class BmpViewsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int POST_IN = BmpPeer.POST_POLICY;
  private static final int PRE_OUT = BmpPeer.ADJ_RIB_OUT;
  private static final int POST_OUT = BmpPeer.ADJ_RIB_OUT | BmpPeer.POST_POLICY;
  private static final String A = "203.0.113.1/32";
  private static final String B = "203.0.113.2/32";

  private WitnessStation station;
  private Learner learner;

  @BeforeEach
  void open() throws IOException {
    station = new WitnessStation(0);
  }

  @AfterEach
  void close() throws IOException {
    if (learner != null) {
      learner.close();
    }
    station.close();
  }

  private void learner(BmpTable... tables) {
    BmpConfig bmp =
        BmpConfig.to(WitnessStation.ADDRESS, station.port())
            .withTables(EnumSet.copyOf(Set.of(tables)))
            .withLongestBacklog(1 << 17);
    learner = new Learner(config -> config.bmp(bmp));
  }

  /** Drops the messages before it. */
  private String await(int flags, String text) throws InterruptedException {
    return Deadline.<BmpMessage>await(
            station.messages(),
            "route of " + flags + " with " + text,
            message ->
                message instanceof RouteMonitoring route
                    && route.peer().type() == BmpPeer.GLOBAL
                    && route.peer().flags() == flags
                    && route.toString().contains(text),
            PATIENCE)
        .toString();
  }

  private static RoutePolicy only(String prefix, RouteChange change) {
    return RoutePolicy.of(PolicyRule.when(Condition.prefixIn(prefix)).change(change).accept());
  }

  @Test
  void aStationThatComesLaterIsToldWhatWasReceivedAndWhatWasAccepted() throws Exception {
    learner(BmpTable.ADJ_RIB_IN_PRE_POLICY, BmpTable.ADJ_RIB_IN_POST_POLICY);
    Peer peer =
        learner.speaker.peer(
            Learner.config().importPolicy(only(A, RouteChange.localPref(300))).build());
    try (RawPeer raw = learner.connect()) { // without route refresh
      Learner.announce(raw, A, Community.of(65002, 1));
      Learner.announce(raw, B);
      Learner.await("A", () -> learner.has(A) && !learner.paths(B).isEmpty());
      station.accept().close();
      station.read();

      Deadline.<BmpMessage>await(station.messages(), "Peer Up", PeerUp.class::isInstance, PATIENCE);
      String received = await(0, A);
      assertThat(received).contains("65002:1").doesNotContain("LOCAL_PREF");
      await(POST_IN, A + "] with ORIGIN igp, AS_PATH 65002, NEXT_HOP 127.0.0.2, LOCAL_PREF 300");
      await(POST_IN, "End-of-RIB");

      Deadline.await(
          peer.reconfigure(
              peer.config().toBuilder().importPolicy(only(B, RouteChange.localPref(200))).build()));
      String changed = await(POST_IN, "withdrawn [" + A);
      assertThat(changed + await(POST_IN, "LOCAL_PREF 200")).contains(B);
      Learner.announce(raw, A);
      await(0, A);
      Learner.announce(raw, B, Community.of(65002, 7));
      assertThat(await(POST_IN, "65002:7")).contains("LOCAL_PREF 200").contains(B);
    }
  }

  @Test
  void whatIsKeptOfASessionIsAcceptedUntilTheEndOfRib() throws Exception {
    learner(BmpTable.ADJ_RIB_IN_PRE_POLICY, BmpTable.ADJ_RIB_IN_POST_POLICY);
    station.read();
    RouteRetention helper =
        new RouteRetention(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ZERO, false);
    Peer peer = learner.speaker.peer(Learner.config().retention(helper).build());
    GracefulRestartCapability restarts =
        new GracefulRestartCapability(
            false,
            false,
            Duration.ofSeconds(60),
            List.of(new GracefulRestartCapability.Family(Learner.IPV4, true)));
    try (RawPeer raw = learner.connect(restarts)) {
      Learner.announce(raw, A);
      await(0, A);
      Learner.await("A", () -> learner.has(A));
    }
    Learner.awaitDown(peer);
    try (RawPeer back = learner.connect(restarts)) {
      Deadline.<BmpMessage>await(station.messages(), "Peer Up", PeerUp.class::isInstance, PATIENCE);
      await(POST_IN, "nlri [" + A);
      Learner.endOfRib(back);
      await(POST_IN, "withdrawn [" + A);
    }
  }

  @Test
  void severalPathsAreToldApart() throws Exception {
    learner(BmpTable.ADJ_RIB_IN_POST_POLICY);
    station.read();
    learner.speaker.peer(
        Learner.config()
            .addPathReceive(Learner.IPV4)
            .importPolicy(
                RoutePolicy.of(
                    PolicyRule.when(Condition.anyCommunity("65002:2")).reject(),
                    PolicyRule.always().accept()))
            .build());
    AddPathCapability sends =
        new AddPathCapability(
            List.of(new AddPathCapability.Family(Learner.IPV4, AddPathCapability.Mode.SEND)));
    try (RawPeer raw = learner.connect(sends)) {
      Learner.announcePath(raw, A, 1);
      Learner.announcePath(raw, A, 2);
      Learner.announcePath(raw, A, 3);
      // Path 3 and its community; of path 2 nothing.
      Learner.await("path 3", () -> hex().contains("0000000320cb007101"));
      assertThat(hex()).contains("fdea0001", "0000000120cb007101", "fdea0003");
      assertThat(hex()).doesNotContain("fdea0002");
    }
  }

  private String hex() {
    return HexFormat.of().formatHex(station.octets());
  }

  @Test
  void whatAPeerWouldBeToldWithoutItsPoliciesIsToldBesideWhatItIsTold() throws Exception {
    learner(BmpTable.ADJ_RIB_OUT_PRE_POLICY, BmpTable.ADJ_RIB_OUT_POST_POLICY);
    station.read();
    Peer peer =
        learner.speaker.peer(
            Learner.config()
                .exportPolicy(only("198.51.100.0/24", RouteChange.replaceCommunities("65000:1")))
                .build());
    learner.speaker.announce(Route.to("198.51.100.0/24").build());
    Announcement other = learner.speaker.announce(Route.to("192.0.2.0/24").build());
    try (RawPeer raw = learner.connect()) {
      Learner.await("the peer", () -> peer.status().prefixesSent() == 1);
      String before = await(PRE_OUT, "192.0.2.0/24");
      assertThat(before).doesNotContain("65000:1").contains("AS_PATH 65000");
      other.close();
      await(PRE_OUT, "withdrawn [192.0.2.0/24]");
      learner.speaker.announce(Route.to("198.51.101.0/24").build());
      await(PRE_OUT, "198.51.101.0/24");
    }
    Learner.awaitDown(peer); // else the next connection is one of a collision
    try (RawPeer raw = learner.connect()) {
      assertThat(await(POST_OUT, "198.51.100.0/24")).contains("65000:1");
    }
  }

  @Test
  void aTableThatIsLargerThanTheBacklogReachesAStationInOneConnection() throws Exception {
    learner(BmpTable.ADJ_RIB_IN_PRE_POLICY, BmpTable.ADJ_RIB_IN_POST_POLICY);
    int port = station.port();
    station.close();
    learner.speaker.peer(Learner.config().build());
    try (RawPeer raw = learner.connect()) {
      int count = 3_000;
      for (int i = 0; i < count; i++) {
        Learner.announce(raw, "10.%d.%d.0/24".formatted(i >> 8, i & 0xFF), Community.of(65002, i));
      }
      Learner.await("all", () -> learner.has("10.11.183.0/24"));
      station = new WitnessStation(port);
      station.read();

      await(POST_IN, "End-of-RIB"); // each route on its own, some 500,000 octets in all
      assertThat(station.octets().length).isGreaterThan(3 * (1 << 17));
      assertThat(station.messages()).noneMatch(Initiation.class::isInstance);
    }
  }
}
