package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.config.OnStop;
import dev.bugle.advertiser.leadership.AlwaysConfig;
import dev.bugle.advertiser.leadership.FileLockConfig;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.DynamicPeersConfig;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.session.GracefulRestart;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole advertiser with a scripted elector, and a real session to a router on loopback. */
@Timeout(60)
class AdvertiserTest {

  private static final Vip A = new Vip(Route.to("203.0.113.1/32").build(), "a");
  private static final Vip B = new Vip(Route.to("203.0.113.2/32").build(), Vip.ALWAYS);

  private final List<String> released = new CopyOnWriteArrayList<>();
  private final ScriptedElector elector = new ScriptedElector("a", released);
  private final WitnessRouter router = new WitnessRouter();
  private final AdvertiserConfig config = config(router.asPeer(), A, B);

  @AfterEach
  void closeRouter() {
    router.close();
  }

  private static AdvertiserConfig config(PeerConfig peer, Vip... vips) {
    return AdvertiserConfig.builder(SpeakerConfig.builder(65001, "192.0.2.1").build())
        .onStop(OnStop.withdraw("night shift is over"))
        .peers(Neighbor.of(peer))
        .vips(vips)
        .build();
  }

  private Advertiser start() {
    return Advertiser.start(config, Map.of("a", elector));
  }

  /** The route is sent before the decision is published, so that nothing delays it. */
  private static void awaitAllAnnounced(Advertiser advertiser) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!advertiser.decisions().stream().allMatch(VipDecision::announced)) {
      assertThat(System.nanoTime()).as("%s", advertiser.decisions()).isLessThan(end);
      LockSupport.parkNanos(1_000_000); // leaves the processor to those who are waited for
    }
  }

  private void elect(Leadership leadership) {
    if (leadership.state() == Leadership.State.HELD) {
      elector.win(leadership);
    } else {
      elector.now(leadership);
      elector.announceChange();
    }
  }

  @Test
  void leadershipComesAndGoesWithoutTouchingTheSessionOrTheOtherVip() throws Exception {
    try (Advertiser advertiser = start()) {
      assertThat(router.see(2)).containsExactly("up", "+203.0.113.2/32");

      elect(Leadership.held(Long.MAX_VALUE, 0, "won"));
      assertThat(router.see(1)).containsExactly("+203.0.113.1/32");
      awaitAllAnnounced(advertiser);

      elect(Leadership.lost(0, "taken away"));
      assertThat(router.see(1)).containsExactly("-203.0.113.1/32");
      elector.awaitRelease();

      elect(Leadership.held(Long.MAX_VALUE, 0, "won again"));
      assertThat(router.see(1)).containsExactly("+203.0.113.1/32");
    }
  }

  @Test
  void nobodyCompetesBeforeTheFirstSessionIsUp() throws Exception {
    PeerConfig absent = PeerConfig.builder("127.0.0.1", 65000).passive(true).build();
    try (Advertiser advertiser = Advertiser.start(config(absent, A), Map.of("a", elector))) {
      Eventually.is(() -> !advertiser.decisions().isEmpty(), advertiser::decisions);
      assertThat(elector.isCandidate()).isFalse();
      assertThat(advertiser.decisions().get(0).reason()).isEqualTo("no peer has been up yet");
    }
    try (Advertiser advertiser = start()) {
      Eventually.is(elector::isCandidate, advertiser::decisions);
    }
  }

  @Test
  void anExpiringLeadershipIsWithdrawnWithoutAnyCallback() throws Exception {
    try (Advertiser advertiser = start()) {
      router.see(2);
      elect(Leadership.held(Long.MAX_VALUE, 0, "won"));
      assertThat(router.see(1)).containsExactly("+203.0.113.1/32");
      long until = Ticker.system().nanos() + Duration.ofMillis(300).toNanos();
      elect(Leadership.held(until, 0, "won")); // The last that it hears.
      assertThat(router.see(1)).containsExactly("-203.0.113.1/32");
      assertThat(Ticker.system().nanos()).isGreaterThanOrEqualTo(until);
    }
    assertThat(released).contains("release a");
  }

  @Test
  void stoppingWithdrawsReleasesAndSaysGoodbyeInThatOrder() throws Exception {
    Advertiser advertiser = start();
    router.see(2);
    elect(Leadership.held(Long.MAX_VALUE, 0, "won"));
    assertThat(router.see(1)).containsExactly("+203.0.113.1/32");

    assertThat(advertiser.stop(Duration.ofSeconds(20))).isTrue();

    List<String> end = router.see(4);
    assertThat(end.subList(0, 2)).containsExactlyInAnyOrder("-203.0.113.1/32", "-203.0.113.2/32");
    assertThat(end.subList(2, 4)).containsExactlyInAnyOrder("night shift is over", "down");
    assertThat(released).containsExactly("release a");
    assertThat(advertiser.stop(Duration.ZERO)).isTrue();
  }

  @Test
  void whoStopsItWhileItStartsWaitsForThatAndEndsAllOfIt() throws Exception {
    CompletableFuture<Boolean> stopped = new CompletableFuture<>();
    Advertiser advertiser =
        Advertiser.start(
            config(router.asPeer(), B),
            Map.of(),
            starting -> {
              Thread stopping =
                  new Thread(() -> stopped.complete(starting.stop(Duration.ofSeconds(20))));
              stopping.start();
              Eventually.is(
                  () -> stopping.getState() == Thread.State.BLOCKED || stopped.isDone(),
                  stopping::getState);
            });

    assertThat(stopped.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(advertiser.decisions()).noneMatch(VipDecision::announced);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("bugle-reconciler"));
  }

  @Test
  void stoppingForARestartWithdrawsNothingAndComesBackWithEverything() throws Exception {
    GracefulRestart twoMinutes = new GracefulRestart(Duration.ofMinutes(2), true);
    try (WitnessRouter keeper = new WitnessRouter(twoMinutes)) {
      AdvertiserConfig keeping =
          AdvertiserConfig.builder(
                  SpeakerConfig.builder(65001, "192.0.2.1").restarting(true).build())
              .onStop(new OnStop(true, "upgrade"))
              .peers(Neighbor.of(keeper.asPeerBuilder().gracefulRestart(twoMinutes).build()))
              .vips(B)
              .build();
      Advertiser before = Advertiser.start(keeping);
      assertThat(keeper.see(2)).containsExactly("up", "+203.0.113.2/32");

      assertThat(before.stop(Duration.ofSeconds(20))).isTrue();

      assertThat(keeper.see(1)).containsExactly("down");
      try (Advertiser after = Advertiser.start(keeping)) {
        assertThat(keeper.see(2)).containsExactly("up", "+203.0.113.2/32");
        awaitAllAnnounced(after);
      }
    }
  }

  @Test
  void aRouterOfARangeConnectsAndGetsTheVips() throws Exception {
    int port = freePort();
    AdvertiserConfig open =
        AdvertiserConfig.builder(
                SpeakerConfig.builder(65001, "192.0.2.1").listen("127.78.5.1", port).build())
            .onStop(OnStop.withdraw(""))
            .dynamicPeers(
                DynamicPeersConfig.of(
                    "127.78.5.0/24", PeerConfig.template(RemoteAs.Relation.EXTERNAL).build()))
            .vips(B)
            .build();
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (Advertiser advertiser = Advertiser.start(open);
        BgpSpeaker connecting =
            BgpSpeaker.open(SpeakerConfig.builder(65000, "192.0.2.254").build())) {
      connecting.peer(
          PeerConfig.builder("127.78.5.1", 65001).port(port).localAddress("127.78.5.9").build(),
          new PeerListener() {
            @Override
            public void updateReceived(Peer peer, UpdateMessage update) {
              update.announced().values().forEach(all -> all.forEach(p -> heard.add("" + p)));
            }
          });
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("203.0.113.2/32");
      awaitAllAnnounced(advertiser);
    }
  }

  /** Of an address that no other test uses. */
  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("127.78.5.1"))) {
      return any.getLocalPort();
    }
  }

  @Test
  void aVipThatTakesLeadershipIsNotLeftWithRoutersThatKeepRoutes() {
    GracefulRestart twoMinutes = new GracefulRestart(Duration.ofMinutes(2), false);
    PeerConfig keeper = router.asPeerBuilder().gracefulRestart(twoMinutes).build();
    assertThatThrownBy(() -> config(keeper, B, A))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keep 203.0.113.1/32");
    assertThatThrownBy(
            () ->
                AdvertiserConfig.builder(config.speaker())
                    .onStop(new OnStop(true, ""))
                    .peers(config.peers().get(0))
                    .vips(A)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keep 203.0.113.1/32");
    assertThat(config(keeper, B).vips()).containsExactly(B);
  }

  @Test
  void aVipWithoutItsLeadershipIsRefused() {
    assertThatThrownBy(() -> Advertiser.start(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("VIP 203.0.113.1/32 needs the leadership 'a'");
  }

  @Test
  void oneNameForTwoElectorsIsRefused() {
    AdvertiserConfig twice =
        AdvertiserConfig.builder(config.speaker())
            .onStop(OnStop.withdraw(""))
            .peers(config.peers().get(0))
            .elector("a", new AlwaysConfig())
            .vips(A)
            .build();
    assertThatThrownBy(() -> Advertiser.start(twice, Map.of("a", elector)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("both configured and given");
  }

  @Test
  void anElectorThatCannotStartLeavesNothingBehind() {
    AdvertiserConfig homeless =
        AdvertiserConfig.builder(
                SpeakerConfig.builder(65001, "192.0.2.1").listen("127.0.0.1", 0).build())
            .onStop(OnStop.withdraw(""))
            .peers(config.peers().get(0))
            .elector(
                "a",
                new FileLockConfig(
                    Path.of("/none/vip.lock"), Duration.ofMillis(100), Duration.ofSeconds(1)))
            .vips(A)
            .build();
    assertThatThrownBy(() -> Advertiser.start(homeless))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/none/vip.lock");
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("bugle-reconciler"));
  }

  @Test
  void aPortInUseIsNamed() {
    AdvertiserConfig busy =
        AdvertiserConfig.builder(
                SpeakerConfig.builder(65001, "192.0.2.1")
                    .listen("127.0.0.1", router.port())
                    .build())
            .onStop(OnStop.withdraw(""))
            .peers(config.peers().get(0))
            .vips(B)
            .build();
    assertThatThrownBy(() -> Advertiser.start(busy))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1")
        .hasMessageContaining(Integer.toString(router.port()));
  }
}
