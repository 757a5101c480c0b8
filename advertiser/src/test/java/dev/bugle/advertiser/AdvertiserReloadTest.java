package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.advertiser.config.HostConfig;
import dev.bugle.advertiser.config.Neighbor;
import dev.bugle.advertiser.config.OnStop;
import dev.bugle.advertiser.leadership.ElectorConfig;
import dev.bugle.advertiser.leadership.FileLockConfig;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.advertiser.leadership.LockFiles;
import dev.bugle.advertiser.vip.Vip;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.TcpMd5;
import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RouteChange;
import dev.bugle.bgp.rib.RoutePolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reloading a whole advertiser, with real sessions to two routers on loopback. */
@Timeout(60)
class AdvertiserReloadTest {

  private static final String A = "203.0.113.1/32";
  private static final String B = "203.0.113.2/32";
  private static final String C = "203.0.113.3/32";

  private final WitnessRouter router = new WitnessRouter();
  private final WitnessRouter other = new WitnessRouter("127.78.0.2", "127.78.0.1");
  private final List<String> released = new CopyOnWriteArrayList<>();
  private final ScriptedElector given = new ScriptedElector("given", released);
  @TempDir private Path dir;

  @AfterEach
  void closeRouters() {
    router.close();
    other.close();
  }

  private static Vip vip(String prefix, int med) {
    return vip(prefix, med, Vip.ALWAYS);
  }

  private static Vip vip(String prefix, int med, String leadership) {
    return new Vip(Route.to(prefix).med(med).build(), leadership);
  }

  private static AdvertiserConfig.Builder empty() {
    return AdvertiserConfig.builder(SpeakerConfig.builder(65001, "192.0.2.1").build())
        .onStop(OnStop.withdraw("bye"));
  }

  private AdvertiserConfig config(Vip... vips) {
    return empty().peers(Neighbor.of(router.asPeer())).vips(vips).build();
  }

  private PeerConfig.Builder otherPeer() {
    return other.asPeerBuilder().localAddress("127.78.0.1");
  }

  private ElectorConfig lock(String name) {
    return new FileLockConfig(dir.resolve(name), Duration.ofMillis(20), Duration.ofSeconds(30));
  }

  private static List<String> texts(ReloadReport report) {
    assertThat(report.failures()).isEmpty();
    return report.changes().stream().map(Object::toString).toList();
  }

  private void win() {
    given.win(Leadership.held(Long.MAX_VALUE, 0, "won"));
  }

  private void sees(WitnessRouter witness, String... what) throws InterruptedException {
    assertThat(witness.see(what.length)).containsExactlyInAnyOrder(what);
  }

  /** Whatever the reload has sent by now comes before it. */
  private void seesOnly(Advertiser advertiser, WitnessRouter witness, AdvertiserConfig.Builder next)
      throws InterruptedException {
    advertiser.reload(next.vips(vip("203.0.113.99/32", 7)).build());
    sees(witness, "+203.0.113.99/32 MED 7");
  }

  @Test
  void whatIsTheSameIsNotTouched() throws Exception {
    try (Advertiser advertiser = Advertiser.start(config(vip(A, 1), vip(B, 2)))) {
      sees(router, "up", "+" + A + " MED 1", "+" + B + " MED 2");

      assertThat(texts(advertiser.reload(config(vip(A, 1), vip(B, 2))))).isEmpty();

      seesOnly(
          advertiser,
          router,
          empty().peers(Neighbor.of(router.asPeer())).vips(vip(A, 1), vip(B, 2)));
    }
  }

  @Test
  void onlyVipsThatDifferAreTold() throws Exception {
    try (Advertiser advertiser = Advertiser.start(config(vip(A, 1), vip(B, 2)))) {
      sees(router, "up", "+" + A + " MED 1", "+" + B + " MED 2");

      ReloadReport changed = advertiser.reload(config(vip(A, 5), vip(B, 2)));
      assertThat(texts(changed)).containsExactly("vips: " + A + " changed: its route");
      assertThat(router.see(1)).containsExactly("+" + A + " MED 5");

      assertThat(texts(advertiser.reload(config(vip(A, 5), vip(C, 3)))))
          .containsExactly("vips: " + B + " removed", "vips: " + C + " added");
      assertThat(router.see(2)).containsExactly("-" + B, "+" + C + " MED 3");
    }
    assertThat(router.see(2)).containsExactlyInAnyOrder("-" + A, "-" + C);
  }

  @Test
  void aPeerThatIsAddedAndRemovedTouchesNoOther() throws Exception {
    AdvertiserConfig one = config(vip(A, 1));
    try (Advertiser advertiser = Advertiser.start(one)) {
      sees(router, "up", "+" + A + " MED 1");

      AdvertiserConfig both =
          empty()
              .peers(Neighbor.of(router.asPeer()), Neighbor.of(otherPeer().build()))
              .vips(vip(A, 1))
              .build();
      assertThat(texts(advertiser.reload(both))).containsExactly("peers: 127.78.0.2 added");
      sees(other, "up", "+" + A + " MED 1");

      assertThat(texts(advertiser.reload(one))).containsExactly("peers: 127.78.0.2 removed");
      assertThat(other.see(2)).containsExactly("-" + A, "Cease/Peer De-configured (6/3)");

      seesOnly(advertiser, router, empty().peers(Neighbor.of(router.asPeer())).vips(vip(A, 1)));
    }
  }

  @Test
  void anotherPolicyLetsTheSessionStandAndAnotherHoldTimeBeginsItAnew() throws Exception {
    try (Advertiser advertiser = Advertiser.start(config(vip(A, 1)))) {
      sees(router, "up", "+" + A + " MED 1");
      RoutePolicy policy = RoutePolicy.of(PolicyRule.always().change(RouteChange.med(9)).accept());

      PeerConfig.Builder peer = router.asPeerBuilder().exportPolicy(policy);
      ReloadReport exported =
          advertiser.reload(empty().peers(Neighbor.of(peer.build())).vips(vip(A, 1)).build());
      assertThat(texts(exported))
          .containsExactly("peers: 127.0.0.1 changed: export-policy; the session stays");
      assertThat(router.see(1)).containsExactly("+" + A + " MED 9");

      peer.holdTime(Duration.ofSeconds(30));
      ReloadReport reset =
          advertiser.reload(empty().peers(Neighbor.of(peer.build())).vips(vip(A, 1)).build());
      assertThat(texts(reset))
          .containsExactly("peers: 127.0.0.1 changed: what is offered; the session begins anew");
      assertThat(router.see(4))
          .containsExactly(
              "Cease/Other Configuration Change (6/6)", "down", "up", "+" + A + " MED 9");
    }
  }

  @Test
  void whatTakesARestartIsRefusedWithTheWholeReload() throws Exception {
    try (Advertiser advertiser = Advertiser.start(config(vip(A, 1)))) {
      sees(router, "up", "+" + A + " MED 1");
      AdvertiserConfig next =
          AdvertiserConfig.builder(
                  SpeakerConfig.builder(65009, "192.0.2.9").listen("127.0.0.1", 1790).build())
              .peers(Neighbor.of(router.asPeer()))
              .vips(vip(A, 5))
              .build();

      ReloadRefusedException refused =
          catchThrowableOfType(ReloadRefusedException.class, () -> advertiser.reload(next));

      assertThat(refused.reasons())
          .hasSize(3)
          .allMatch(reason -> reason.contains("restart the program"));
      assertThat(refused.reasons().get(0)).startsWith("speaker.local-as: is 65001, wanted 65009");
      assertThat(refused.reasons().get(1)).startsWith("speaker.router-id: is 192.0.2.1, wanted");
      assertThat(refused.reasons().get(2))
          .startsWith("speaker.listen: is [], wanted [127.0.0.1 port 1790]");
      seesOnly(advertiser, router, empty().peers(Neighbor.of(router.asPeer())).vips(vip(A, 1)));
    }
  }

  /** Also what comes first in the order of applying has not happened then. */
  @Test
  void whatCannotBeHadIsRefusedWithTheWholeReload() throws Exception {
    try (Advertiser advertiser = Advertiser.start(config(vip(A, 1)))) {
      sees(router, "up", "+" + A + " MED 1");
      Path missing = dir.resolve("none");
      AdvertiserConfig next =
          empty()
              .peers(
                  Neighbor.of(router.asPeer()),
                  Neighbor.of(otherPeer().authentication(TcpMd5.ofFile(missing)).build()))
              .elector("e", lock("none/lock"))
              .vips(vip(B, 5, "e"))
              .build();

      assertThatThrownBy(() -> advertiser.reload(next))
          .isInstanceOf(ReloadRefusedException.class)
          .hasMessageContaining("the directory of the lock file " + dir.resolve("none/lock"))
          .hasMessageContaining(
              "peer 127.78.0.2: cannot apply TCP MD5: key file " + missing + ": there is no");
      assertThatThrownBy(() -> advertiser.reload(config(vip(B, 1, "f"))))
          .isInstanceOf(ReloadRefusedException.class)
          .hasMessageContaining("needs the leadership 'f', which is not there");

      seesOnly(advertiser, router, empty().peers(Neighbor.of(router.asPeer())).vips(vip(A, 1)));
      assertThat(other.hasSeenNothing()).isTrue();
    }
  }

  @Test
  void aLeadershipThatStaysIsHeldAndOneThatChangesIsGivenUpInOrder() throws Exception {
    AdvertiserConfig.Builder first =
        empty()
            .peers(Neighbor.of(router.asPeer()))
            .elector("stays", lock("one"))
            .elector("changes", lock("two"))
            .vips(vip(A, 1, "stays"), vip(B, 2, "changes"));
    for (String file : List.of("one", "two", "three")) {
      LockFiles.established(dir.resolve(file)); // A new one is led on only after a lease.
    }
    try (Advertiser advertiser = Advertiser.start(first.build())) {
      sees(router, "up", "+" + A + " MED 1", "+" + B + " MED 2");

      ReloadReport report =
          advertiser.reload(
              empty()
                  .peers(Neighbor.of(router.asPeer()))
                  .elector("stays", lock("one"))
                  .elector("changes", lock("three"))
                  .vips(vip(A, 1, "stays"), vip(B, 2, "changes"))
                  .build());

      assertThat(texts(report))
          .containsExactly(
              "leadership: changes changed: it was released, and is competed for anew");
      assertThat(router.see(2)).containsExactly("-" + B, "+" + B + " MED 2");

      // Another name, and the same lock: the one must have let it go before the other has it.
      ReloadReport renamed =
          advertiser.reload(
              empty()
                  .peers(Neighbor.of(router.asPeer()))
                  .elector("stays", lock("one"))
                  .elector("renamed", lock("three"))
                  .vips(vip(A, 1, "stays"), vip(B, 2, "renamed"))
                  .build());
      assertThat(texts(renamed))
          .containsExactly(
              "vips: " + B + " changed: what it needs",
              "leadership: changes removed",
              "leadership: renamed added");
      assertThat(router.see(2)).containsExactly("-" + B, "+" + B + " MED 2");
    }
  }

  @Test
  void aVipThatNeedsNoLeadershipAnyMoreDoesNotFlap() throws Exception {
    try (Advertiser advertiser =
        Advertiser.start(config(vip(A, 1, "given")), Map.of("given", given))) {
      sees(router, "up");
      win();
      sees(router, "+" + A + " MED 1");

      advertiser.reload(config(vip(A, 1), vip(B, 2)));
      assertThat(router.see(1)).containsExactly("+" + B + " MED 2");
      given.awaitRelease();

      given.now(Leadership.held(Long.MAX_VALUE, 0, "won again"));
      advertiser.reload(config(vip(A, 1, "given"), vip(C, 3, "given")));
      assertThat(router.see(2)).containsExactly("-" + B, "+" + C + " MED 3");
    }
  }

  @Test
  void drainsSurviveAndThoseOfRemovedVipsAreForgotten() throws Exception {
    try (Advertiser advertiser = Advertiser.start(config(vip(A, 1), vip(B, 2)))) {
      sees(router, "up", "+" + A + " MED 1", "+" + B + " MED 2");
      advertiser.drain(A, "by hand");
      advertiser.drain(B, "by hand");
      sees(router, "-" + A, "-" + B);

      advertiser.reload(config(vip(A, 5), vip(C, 3)));
      assertThat(router.see(1)).containsExactly("+" + C + " MED 3");
      advertiser.reload(config(vip(A, 5), vip(B, 2)));
      assertThat(router.see(2)).containsExactly("-" + C, "+" + B + " MED 2");

      advertiser.undrain(A);
      assertThat(router.see(1)).containsExactly("+" + A + " MED 5");
    }
  }

  @Test
  void theMaintenanceFileCanComeChangeAndGo() throws Exception {
    Path present = Files.createFile(dir.resolve("present"));
    Vip vip = vip(A, 1);
    try (Advertiser advertiser = Advertiser.start(config(vip))) {
      sees(router, "up", "+" + A + " MED 1");

      assertThat(texts(advertiser.reload(maintained(Optional.of(present), vip))))
          .containsExactly("drain: maintenance-file changed");
      assertThat(router.see(1)).containsExactly("-" + A);
      advertiser.reload(maintained(Optional.of(dir.resolve("absent")), vip));
      assertThat(router.see(1)).containsExactly("+" + A + " MED 1");
      advertiser.reload(maintained(Optional.of(present), vip));
      assertThat(router.see(1)).containsExactly("-" + A);
      advertiser.reload(maintained(Optional.empty(), vip));
      assertThat(router.see(1)).containsExactly("+" + A + " MED 1");
    }
  }

  private AdvertiserConfig maintained(Optional<Path> file, Vip vip) {
    HostConfig none = HostConfig.NONE;
    return empty()
        .peers(Neighbor.of(router.asPeer()))
        .vips(vip)
        .host(new HostConfig(none.health(), file, none.addressLedger(), none.admin()))
        .build();
  }

  @Test
  void leadershipThatIsLostWhileReloadingIsWithdrawn() throws Exception {
    AdvertiserConfig even = config(vip(A, 1, "given"), vip(B, 2));
    AdvertiserConfig odd = config(vip(A, 1, "given"), vip(B, 3));
    try (Advertiser advertiser = Advertiser.start(even, Map.of("given", given))) {
      sees(router, "up", "+" + B + " MED 2");
      win();
      sees(router, "+" + A + " MED 1");
      CompletableFuture<Void> two =
          CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> reload(advertiser, odd, even)),
              CompletableFuture.runAsync(() -> reload(advertiser, odd, even)));

      given.now(Leadership.lost(0, "taken away"));
      given.announceChange();
      given.awaitRelease();
      two.join();

      assertThat(advertiser.config()).isEqualTo(even);
      Eventually.is(
          () -> advertiser.decisions().stream().filter(VipDecision::announced).count() == 1,
          advertiser::decisions);
    }
  }

  private static void reload(Advertiser advertiser, AdvertiserConfig one, AdvertiserConfig two) {
    for (int i = 0; i < 20; i++) {
      advertiser.reload(one);
      advertiser.reload(two);
    }
  }

  @Test
  void whoStopsDoesNotWaitForAReload() throws Exception {
    Advertiser advertiser = Advertiser.start(config(vip(A, 1)));
    sees(router, "up", "+" + A + " MED 1");
    CompletableFuture<Void> reloads =
        CompletableFuture.runAsync(
            () -> {
              while (true) {
                advertiser.reload(config(vip(A, 1), vip(B, 1)));
                advertiser.reload(config(vip(A, 1)));
              }
            });

    assertThat(advertiser.stop(Duration.ofSeconds(20))).isTrue();

    assertThatThrownBy(reloads::join).hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> advertiser.reload(config(vip(A, 1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing was changed");
  }
}
