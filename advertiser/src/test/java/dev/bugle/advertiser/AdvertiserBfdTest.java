package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.BfdKeyFiles;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.config.OnStop;
import dev.bugle.advertiser.config.PeerBfd;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bfd.BfdConfig;
import dev.bugle.bfd.BfdProfile;
import dev.bugle.bfd.BfdSession;
import dev.bugle.bfd.BfdSessionConfig;
import dev.bugle.bfd.BfdSpeaker;
import dev.bugle.bfd.wire.AuthenticationType;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.Keys;
import dev.bugle.bfd.wire.Secret;
import dev.bugle.bfd.wire.State;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole advertiser and a router with BGP and BFD, on 127.77.0.0/24, which no other test uses. The
 * hold time is 90 s: what happens sooner is BFD's work.
 */
@Timeout(60)
class AdvertiserBfdTest {

  private static final String HERE = "127.77.0.1";
  private static final String THERE = "127.77.0.2";
  private static final String VIP = "203.0.113.1/32";
  private static final Keys OTHER_KEYS =
      Keys.of(AuthenticationType.KEYED_SHA1, 1, Secret.of("of others"));

  /** Nobody is taken for dead when the whole machine stands still for some seconds. */
  private static final BfdProfile PROFILE = BfdProfile.of(Duration.ofMillis(100), 100);

  /** For a router whose silence is to be noticed. */
  private static final BfdProfile BRIEF = BfdProfile.of(Duration.ofMillis(100), 20);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ScriptedElector elector = new ScriptedElector("a", new CopyOnWriteArrayList<>());
  private final WitnessRouter router = new WitnessRouter(THERE, HERE);
  private final BfdSpeaker routerBfd =
      BfdSpeaker.open(BfdConfig.builder().localAddress(THERE).build());
  @TempDir private Path dir;

  @AfterEach
  void closeRouter() {
    routerBfd.close();
    router.close();
  }

  private Advertiser start(boolean strict, Optional<BfdKeyFiles> keyFiles) {
    return Advertiser.start(
        config(strict, Optional.of(new PeerBfd(session(PROFILE), keyFiles))),
        Map.of("a", elector),
        registry);
  }

  private static BfdSessionConfig session(BfdProfile profile) {
    return BfdSessionConfig.singleHop(THERE).localAddress(HERE).profile(profile).build();
  }

  private AdvertiserConfig config(boolean strict, Optional<PeerBfd> bfd) {
    Neighbor neighbor =
        new Neighbor(
            router
                .asPeerBuilder()
                .localAddress(HERE)
                .strictPath(strict)
                .connectRetry(Duration.ofMillis(300))
                .build(),
            bfd);
    return AdvertiserConfig.builder(SpeakerConfig.builder(65001, "192.0.2.1").build())
        .onStop(OnStop.withdraw("night shift is over"))
        .peers(neighbor)
        .vips(new Vip(Route.to(VIP).build(), "a"))
        .build();
  }

  private BfdSession routerSession(Optional<Keys> keys) {
    return routerSession(PROFILE, keys);
  }

  private BfdSession routerSession(BfdProfile profile, Optional<Keys> keys) {
    BfdSessionConfig.Builder config =
        BfdSessionConfig.singleHop(HERE).localAddress(THERE).profile(profile);
    keys.ifPresent(config::keys);
    return routerBfd.session(
        config.build(),
        (session, change) -> {
          if (change.from() == State.UP) {
            router.sees("BFD " + (change.isFailure() ? "failed" : "switched off"));
          }
        });
  }

  /** What the advertiser's side has told last of itself. */
  private static void awaitToldState(BfdSession session, State state) {
    Eventually.is(
        () ->
            session.status().remote().map(packet -> packet.state() == state).orElse(false)
                && (state != State.UP || session.status().state() == State.UP),
        session::status);
  }

  private void awaitVip() throws InterruptedException {
    elector.win(Leadership.held(Long.MAX_VALUE, 0, "won"));
    assertThat(router.see(1)).containsExactly("+" + VIP);
  }

  @Test
  void aFailedPathEndsTheBgpSessionAndItComesBack() throws Exception {
    BfdSession there = routerSession(Optional.empty());
    try (Advertiser advertiser = start(false, Optional.empty())) {
      assertThat(router.see(1)).containsExactly("up");
      awaitVip();
      awaitToldState(there, State.UP);

      there.fail(Diagnostic.PATH_DOWN);

      assertThat(router.see(3))
          .containsExactlyInAnyOrder("BFD failed", "Cease/BFD Down (6/10)", "down");
      Timer latency = registry.get("advertiser.latency").tag("cause", "bfd").timer();
      Eventually.is(() -> latency.count() == 1, latency::count);
      assertThat(registry.find("bfd.session.flaps").functionCounters()).hasSize(1);
      assertThat(router.see(2)).containsExactly("up", "+" + VIP);
      awaitToldState(there, State.UP);
      assertThat(advertiser.decisions()).allMatch(VipDecision::announced);
    }
  }

  /** Its packets stop counting, as if they had stopped: the Detection Time of 2 s ends it. */
  @Test
  void silenceEndsTheBgpSession() throws Exception {
    BfdSession there = routerSession(BRIEF, Optional.empty());
    try (Advertiser advertiser = start(false, Optional.empty())) {
      assertThat(router.see(1)).containsExactly("up");
      awaitToldState(there, State.UP);

      there.keys(Optional.of(OTHER_KEYS));

      assertThat(router.see(2)).contains("Cease/BFD Down (6/10)");
      assertThat(advertiser.decisions()).isNotEmpty();
    }
  }

  @Test
  void bfdThatTheRouterSwitchesOffIsNoFailure() throws Exception {
    BfdSession there = routerSession(Optional.empty());
    try (Advertiser advertiser = start(false, Optional.empty())) {
      assertThat(router.see(1)).containsExactly("up");
      awaitToldState(there, State.UP);

      there.disable();
      assertThat(router.see(1)).containsExactly("BFD switched off");
      awaitToldState(there, State.DOWN); // so BGP has been told

      awaitVip(); // the next thing on the same session
      assertThat(advertiser.decisions()).isNotEmpty();
    }
  }

  @Test
  void aStrictSessionWaitsForBfd() throws Exception {
    BfdSession there = routerSession(Optional.of(OTHER_KEYS));
    try (Advertiser advertiser = start(true, Optional.empty())) {
      // Two slow packets are a second apart, in which a session that does not wait were up.
      Eventually.is(
          () -> there.status().counters().dropped().values().stream().anyMatch(n -> n >= 2),
          there::status);
      assertThat(router.hasSeenNothing()).isTrue();

      there.keys(Optional.empty());

      assertThat(router.see(1)).containsExactly("up");
      assertThat(advertiser.decisions()).isNotEmpty();
    }
  }

  @Test
  void stoppingSaysGoodbyeBeforeBfdIsSwitchedOff() throws Exception {
    BfdSession there = routerSession(Optional.empty());
    Advertiser advertiser = start(false, Optional.empty());
    assertThat(router.see(1)).containsExactly("up");
    awaitToldState(there, State.UP);

    assertThat(advertiser.stop(Duration.ofSeconds(20))).isTrue();

    assertThat(router.see(3)).containsExactly("night shift is over", "down", "BFD switched off");
  }

  @Test
  void bothSidesMayBeAuthenticated() throws Exception {
    BfdKeyFiles files =
        new BfdKeyFiles(
            AuthenticationType.KEYED_SHA1,
            1,
            Map.of(1, Files.writeString(dir.resolve("bfd.key"), "of others\n")));
    BfdSession there = routerSession(Optional.of(OTHER_KEYS));
    try (Advertiser advertiser = start(true, Optional.of(files))) {
      assertThat(router.see(1)).containsExactly("up");
      awaitToldState(there, State.UP);
      assertThat(advertiser.decisions()).isNotEmpty();
    }
  }

  private static Optional<PeerBfd> watched(BfdProfile profile) {
    return Optional.of(new PeerBfd(session(profile), Optional.empty()));
  }

  @Test
  void anotherTimingHoldsWhileBothSessionsStand() throws Exception {
    BfdSession there = routerSession(Optional.empty());
    try (Advertiser advertiser = start(false, Optional.empty())) {
      assertThat(router.see(1)).containsExactly("up");
      awaitToldState(there, State.UP);

      ReloadReport report =
          advertiser.reload(config(false, watched(BfdProfile.of(Duration.ofMillis(150), 70))));

      assertThat(report.changes())
          .extracting(Object::toString)
          .containsExactly("peers: 127.77.0.2 changed: BFD goes on with it; the BGP session stays");
      Eventually.is(() -> there.status().remote().orElseThrow().detectMult() == 70, there::status);
      awaitVip(); // and nothing before it
    }
  }

  @Test
  void bfdCanBeginEndAndBeginAnewWhileBgpStands() throws Exception {
    BfdSession there = routerSession(Optional.empty());
    try (Advertiser advertiser =
        Advertiser.start(config(false, Optional.empty()), Map.of("a", elector))) {
      assertThat(router.see(1)).containsExactly("up");

      advertiser.reload(config(false, watched(PROFILE)));
      awaitToldState(there, State.UP);

      BfdProfile independent =
          BfdProfile.builder(Duration.ofMillis(100), 100).controlPlaneIndependent(true).build();
      ReloadReport report = advertiser.reload(config(false, watched(independent)));
      assertThat(report.changes().toString()).contains("BFD begins anew; the BGP session stays");
      assertThat(router.see(1)).containsExactly("BFD switched off");
      awaitToldState(there, State.UP);

      there.fail(Diagnostic.PATH_DOWN); // It does what BFD is for, as before.
      assertThat(router.see(3))
          .containsExactlyInAnyOrder("BFD failed", "Cease/BFD Down (6/10)", "down");
      assertThat(router.see(1)).containsExactly("up");
      awaitToldState(there, State.UP);

      advertiser.reload(config(false, Optional.empty()));
      assertThat(router.see(1)).containsExactly("BFD switched off");
      awaitVip();
    }
  }

  @Test
  void bfdThatCannotBeHadIsRefusedWithTheWholeReload() throws Exception {
    BfdSession there = routerSession(Optional.empty());
    try (Advertiser advertiser = start(false, Optional.empty())) {
      assertThat(router.see(1)).containsExactly("up");
      awaitToldState(there, State.UP);
      BfdKeyFiles files =
          new BfdKeyFiles(AuthenticationType.KEYED_SHA1, 1, Map.of(1, dir.resolve("none")));

      assertThatThrownBy(
              () ->
                  advertiser.reload(
                      config(
                          false, Optional.of(new PeerBfd(session(PROFILE), Optional.of(files))))))
          .isInstanceOf(ReloadRefusedException.class)
          .hasMessageContaining("peer 127.77.0.2: BFD key 1 in " + dir.resolve("none"));
      BfdSessionConfig elsewhere =
          BfdSessionConfig.singleHop(THERE).localAddress("127.77.0.3").profile(PROFILE).build();
      assertThatThrownBy(
              () ->
                  advertiser.reload(
                      config(false, Optional.of(new PeerBfd(elsewhere, Optional.empty())))))
          .isInstanceOf(ReloadRefusedException.class)
          .hasMessageContaining("receives BFD on 127.77.0.1 only")
          .hasMessageContaining("restart the program, which then also receives on 127.77.0.3");

      awaitVip();
      assertThat(there.status().state()).isEqualTo(State.UP);
    }
  }
}
