package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.TcpMd5;
import dev.bugle.bgp.session.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** How a session's packets are protected, and how far they go, against each router. */
class TransportFeaturesTest extends FeatureContract {

  private FarMachine far;

  @BeforeAll
  void makeFarMachine() {
    far = FarMachine.behind(machine());
  }

  @AfterAll
  void removeFarMachine() {
    if (far != null) {
      far.close();
    }
  }

  @FeatureTest(Feature.TCP_MD5)
  void sameKeyMakesASessionWhoeverConnects(RouterKind kind) {
    startRouter(kind, new NeighborOption.Md5("trumpet"));
    bugle().speaker().announce(Route.to(VIP4).build());
    startPeer(peer -> peer.authentication(TcpMd5.of("trumpet")));
    awaitSession();
    awaitRoutes(VIP4);
  }

  @FeatureTest(Feature.TCP_MD5)
  void routerThatConnectsMustHaveTheKey(RouterKind kind) {
    bugle().peer(ROUTER_AS, false, HOLD, peer -> peer.authentication(TcpMd5.of("trumpet")));
    startRouter(kind, machine(), connecting().with(new NeighborOption.Md5("trumpet")));
    awaitSession();
  }

  @FeatureTest(Feature.TCP_MD5)
  void wrongKeyMakesNoSessionAndTheRightOneThen(RouterKind kind) {
    startRouter(kind, new NeighborOption.Md5("trumpet"));
    Peer peer = startPeer(config -> config.authentication(TcpMd5.of("trombone")));
    Eventually.see(
        "Bugle says that nothing answers it, and that the key may be why",
        Deadlines.SESSION,
        () -> peer.status().toString(),
        status -> status.contains("MD5"));
    assertThat(bugle().timesEstablished()).isZero();
    assertThat(peer.status().toString()).doesNotContain("trombone");

    peer.authentication(TcpMd5.of("trumpet"));
    awaitSession();
  }

  // The daemons begin a new session for it; Bugle would not.
  @FeatureTest(Feature.TCP_MD5)
  void keyIsChangedOnBothSides(RouterKind kind) {
    startRouter(kind, new NeighborOption.Md5("trumpet"));
    bugle().speaker().announce(Route.to(VIP4).build());
    Peer peer = startPeer(config -> config.authentication(TcpMd5.of("trumpet")));
    awaitSession();
    awaitRoutes(VIP4);

    peer.authentication(TcpMd5.of("cornet"));
    router().rekey("cornet");
    bugle().speaker().announce(Route.to(VIP6).build());
    Eventually.see(
        kind + " has the route that was announced after the change",
        Deadlines.SESSION,
        () -> router().received() + ", " + router().session() + ", " + bugle().history(),
        ignored -> router().received().size() == 2);
    awaitSession();
  }

  @FeatureTest(Feature.TTL_SECURITY)
  void bothSidesTakeWhatComesFromOneHop(RouterKind kind) {
    startRouter(kind, new NeighborOption.TtlSecurity(1));
    bugle().speaker().announce(Route.to(VIP4).build());
    startPeer(peer -> peer.ttlSecurity(1));
    awaitSession();
    awaitRoutes(VIP4);
  }

  @FeatureTest({Feature.TTL_SECURITY, Feature.MULTIHOP})
  void bothSidesTakeWhatComesThroughARouter(RouterKind kind) {
    startFar(kind, new NeighborOption.TtlSecurity(2));
    bugle().speaker().announce(Route.to(VIP4).build());
    startFarPeer(peer -> peer.ttlSecurity(2));
    awaitSession();
    awaitRoutes(VIP4);
  }

  @FeatureTest(Feature.TTL_SECURITY)
  void bugleDoesNotTakeWhatComesFromTooFar(RouterKind kind) {
    startFar(kind, new NeighborOption.Multihop(255));
    Peer peer = startFarPeer(config -> config.ttlSecurity(1));
    awaitNoAnswer(peer);
  }

  // The daemons ask their system for it only after they have accepted the connection: an OPEN that
  // was there before is read, and Bugle then hears a KEEPALIVE. What it sends further is dropped.
  @FeatureTest(Feature.TTL_SECURITY)
  void routerDoesNotTakeWhatLeavesWithALowTtl(RouterKind kind) {
    RequiredPeers.demand(WireTap.missing());
    startRouter(kind, new NeighborOption.TtlSecurity(1));
    long before = droppedForTheirTtl();
    String fromBugle = "tcp && ip.src == " + bugle().address();
    try (WireTap tap = WireTap.watch(machine().wire(), "tcp", fromBugle, List.of("ip.ttl"))) {
      startPeer(config -> config.multihop(64));
      Eventually.see(
          "the router's system has dropped three packets for their TTL",
          Deadlines.SESSION,
          () -> droppedForTheirTtl() - before,
          dropped -> dropped >= 3);
      List<List<String>> sent =
          Eventually.see(
              "tshark reads what Bugle sends",
              Deadlines.SESSION,
              tap::rows,
              rows -> rows.size() >= 3);
      assertThat(sent).allSatisfy(row -> assertThat(row).containsExactly("64"));
    }
    assertThat(router().session().established()).isFalse();
  }

  @FeatureTest(Feature.MULTIHOP)
  void sessionPassesARouter(RouterKind kind) {
    startFar(kind, new NeighborOption.Multihop(5));
    bugle().speaker().announce(Route.to(VIP4).build());
    startFarPeer(peer -> peer.multihop(5));
    awaitSession();
    awaitRoutes(VIP4);
  }

  @FeatureTest(Feature.MULTIHOP)
  void withoutItNothingPassesARouter(RouterKind kind) {
    startFar(kind, new NeighborOption.Multihop(5));
    Peer peer = startFarPeer(config -> config);
    awaitNoAnswer(peer);
  }

  private RouterConfig connecting() {
    return new RouterConfig(ROUTER_AS, Bugle.AS, bugle().address(), bugle().port(), true, HOLD);
  }

  private void startFar(RouterKind kind, NeighborOption... options) {
    startRouter(kind, far, neighbor(options));
  }

  private Peer startFarPeer(UnaryOperator<PeerConfig.Builder> further) {
    return startPeer(peer -> further.apply(peer.address(far.wire().routerV4())));
  }

  // Names in one line, numbers in the next.
  private long droppedForTheirTtl() {
    String awk =
        "/^TcpExt:/ { if (!n) { n = 1; for (i = 1; i <= NF; i++) if ($i == \"TCPMinTTLDrop\") c = i"
            + " } else print $c }";
    return Long.parseLong(machine().run("awk", awk, "/proc/net/netstat").succeeded().strip());
  }

  /** An attempt to connect has come to nothing, and no session was made. */
  private void awaitNoAnswer(Peer peer) {
    Eventually.see(
        "Bugle has tried to connect and given up",
        Duration.ofSeconds(40),
        () -> bugle().history() + " " + peer.status(),
        seen -> bugle().history().stream().anyMatch(change -> change.startsWith("CONNECT -> ")));
    assertThat(bugle().timesEstablished()).isZero();
    assertThat(peer.status().state()).isNotEqualTo(SessionState.ESTABLISHED);
  }
}
