package dev.bugle.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.Announcement;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.BgpError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a real router must see of Bugle. Subclasses say which router, and where it runs.
 *
 * <p>The machine lasts for the class; the router and Bugle are new in each test.
 */
@ExtendWith(NothingLeftBehind.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class PeerContract implements InteropRecorder.OneRouter {

  private static final long ROUTER_AS = 65000;
  private static final Duration HOLD = Duration.ofSeconds(9);
  private static final Duration SHORT_HOLD = Duration.ofSeconds(3);
  private static final String VIP4 = "203.0.113.10/32";
  private static final String VIP6 = "2001:db8:10::10/128";

  private final RouterKind kind;
  private final LabKind labKind;
  private final Lab lab;
  private Machine machine;
  private RealRouter router;
  private Bugle bugle;

  PeerContract(RouterKind kind, LabKind lab) {
    this.kind = kind;
    this.labKind = lab;
    this.lab = lab.lab();
  }

  /** Containers run the same daemons a second time. */
  @Override
  public Optional<RouterKind> recorded() {
    return labKind == LabKind.NAMESPACE ? Optional.of(kind) : Optional.empty();
  }

  @BeforeAll
  void makeMachine() {
    RequiredPeers.demand(lab.missing());
    machine = lab.newMachine();
  }

  @AfterAll
  void removeMachine() {
    if (machine != null) {
      machine.close();
    }
  }

  @BeforeEach
  void prepare() {
    router = kind.in(machine);
    bugle = Bugle.onIpv4(machine.wire());
  }

  @AfterEach
  void endBoth(TestInfo test) throws IOException {
    keepLog(test);
    if (bugle != null) {
      bugle.close();
    }
    router.close();
    assertThat(router.running()).as("the router's daemon runs after the test").isFalse();
  }

  /** The router's log stays where the build's other output is. */
  private void keepLog(TestInfo test) throws IOException {
    Path directory = Path.of("target", "routers", getClass().getSimpleName());
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve(test.getTestMethod().orElseThrow().getName() + ".log"), router.log());
  }

  @Test
  @Shows(Feature.ACTIVE_OPEN)
  void sessionIsEstablishedWhenBugleConnects() {
    start(RouterSide.LISTENS, HOLD);
    bugle.peer(ROUTER_AS, true, HOLD);
    awaitSession();
  }

  @Test
  @Shows(Feature.PASSIVE_OPEN)
  void sessionIsEstablishedWhenTheRouterConnects() {
    bugle.peer(ROUTER_AS, false, HOLD);
    start(RouterSide.CONNECTS, HOLD);
    awaitSession();
  }

  @Test
  @Shows(Feature.COLLISION)
  void sessionIsEstablishedOnceWhenBothConnect() {
    bugle.peer(ROUTER_AS, true, HOLD);
    start(RouterSide.CONNECTS, HOLD);
    awaitSession();
    announceBoth();
    awaitBothVips();
    assertThat(bugle.timesEstablished()).as("in %s", bugle.history()).isEqualTo(1);
  }

  @Test
  @Shows(Feature.IPV6_SESSION)
  void bothFamiliesTravelOverAnIpv6Session() {
    bugle.close();
    bugle = Bugle.onIpv6(machine.wire());
    start(RouterSide.LISTENS, HOLD);
    bugle.peer(ROUTER_AS, true, HOLD);
    awaitSession();
    announceBoth();
    awaitBothVips();
    assertThat(seen(VIP4).nextHop()).isEqualTo(machine.wire().hostV4());
    assertThat(seen(VIP6).nextHop()).isEqualTo(machine.wire().hostV6());
  }

  @Test
  @Shows({
    Feature.IPV4_UNICAST,
    Feature.IPV6_UNICAST,
    Feature.COMMUNITIES,
    Feature.EXTENDED_COMMUNITIES,
    Feature.LARGE_COMMUNITIES
  })
  void routerSeesExactlyWhatWasAskedFor() {
    bugle.speaker().announce(vip4());
    bugle.speaker().announce(Route.to(VIP6).communities("65001:200", "65001:6:7").build());
    establish(HOLD);
    awaitBothVips();

    RouteSeen v4 = seen(VIP4);
    assertThat(v4.communities()).isEqualTo(Set.of("65001:100", "65535:65281"));
    assertThat(v4.largeCommunities()).isEqualTo(Set.of("65001:1:2", "4200000000:4294967295:0"));
    assertThat(v4.extendedCommunities()).isEqualTo(Set.of("rt:65001:7"));
    assertThat(v4.med()).isEqualTo(OptionalLong.of(77));
    assertThat(v4.asPath()).containsExactly(Bugle.AS, Bugle.AS, Bugle.AS);
    assertThat(v4.nextHop()).isEqualTo(machine.wire().hostV4());

    RouteSeen v6 = seen(VIP6);
    assertThat(v6.communities()).isEqualTo(Set.of("65001:200"));
    assertThat(v6.largeCommunities()).isEqualTo(Set.of("65001:6:7"));
    assertThat(v6.extendedCommunities()).isEmpty();
    assertThat(v6.med()).isEmpty();
    assertThat(v6.asPath()).containsExactly(Bugle.AS);
    assertThat(v6.nextHop()).isEqualTo(machine.wire().hostV6());
  }

  @Test
  @Shows(Feature.INTERNAL_SESSION)
  void routerSeesLocalPrefInsideOneAs() {
    bugle.speaker().announce(Route.to(VIP4).localPref(250).med(5).build());
    bugle.speaker().announce(Route.to(VIP6).localPref(4294967295L).build());
    router.start(config(Bugle.AS, Bugle.AS, RouterSide.LISTENS, HOLD));
    bugle.peer(Bugle.AS, true, HOLD);
    awaitSession();
    awaitBothVips();
    assertThat(seen(VIP4).localPref()).isEqualTo(OptionalLong.of(250));
    assertThat(seen(VIP4).med()).isEqualTo(OptionalLong.of(5));
    assertThat(seen(VIP4).asPath()).isEmpty();
    assertThat(seen(VIP6).localPref()).isEqualTo(OptionalLong.of(4294967295L));
  }

  @Test
  @Shows(Feature.WITHDRAWAL)
  void routerSeesTheWithdrawalOfOneRouteAndKeepsTheOther() throws Exception {
    Announcement vip4 = bugle.speaker().announce(vip4());
    Announcement vip6 = bugle.speaker().announce(Route.to(VIP6).build());
    establish(HOLD);
    awaitBothVips();

    await(vip4.withdraw());
    awaitVips(Set.of(VIP6));
    await(vip6.withdraw());
    awaitVips(Set.of());
    await(bugle.speaker().announce(vip4()).flushed());
    awaitVips(Set.of(VIP4));
    assertThat(router.session().established()).isTrue();
    assertThat(bugle.timesEstablished()).isEqualTo(1);
  }

  @Test
  @Shows(Feature.RESET_SENT)
  void everythingIsThereAgainAfterBugleResetsTheSession() {
    announceBoth();
    Peer peer = establish(HOLD);
    awaitBothVips();
    RouteSeen before = seen(VIP4);

    peer.reset("by a test");

    awaitNotification("Cease/Administrative Reset", 6, 4);
    awaitReturn(2);
    assertThat(seen(VIP4)).isEqualTo(before);
  }

  @Test
  @Shows(Feature.RESET_RECEIVED)
  void everythingIsThereAgainAfterTheRouterResetsTheSession() {
    announceBoth();
    establish(HOLD);
    awaitBothVips();
    RouteSeen before = seen(VIP4);

    router.resetSession();

    awaitReturn(2);
    assertThat(seen(VIP4)).isEqualTo(before);
    assertThat(bugle.notificationsReceived()).as("the router's Cease").anyMatch(BgpError::isCease);
  }

  @Test
  @Shows(Feature.RESTART)
  void everythingIsThereAgainAfterTheRouterIsKilledAndStarted() {
    announceBoth();
    establish(HOLD);
    awaitBothVips();

    router.kill();
    awaitSessionDown();
    router.close();
    router = kind.in(machine);
    start(RouterSide.LISTENS, HOLD);

    awaitReturn(2);
  }

  @Test
  @Shows(Feature.LEARNING)
  void routersOwnRoutesAreReceived() {
    establish(HOLD);
    router.originate(new OwnRoute("198.51.100.7/32", List.of("65000:7"), List.of("65000:7:8")));
    router.originate(new OwnRoute("2001:db8:51::7/128", List.of("65000:9"), List.of()));
    var learned =
        Eventually.see(
            "Bugle's listener is told of the router's routes",
            Deadlines.ROUTE,
            bugle::learned,
            routes -> routes.keySet().equals(Set.of("198.51.100.7/32", "2001:db8:51::7/128")));
    assertThat(learned.get("198.51.100.7/32")).contains("65000:7").contains("65000:7:8");
    assertThat(learned.get("2001:db8:51::7/128")).contains("65000:9");
  }

  @Test
  @Shows(Feature.HOLD_TIMER)
  void routerThatFreezesIsNoticedByTheHoldTimer() {
    announceBoth();
    establish(SHORT_HOLD);
    awaitBothVips();

    try (WireTap tap = tap()) {
      router.freeze();
      awaitHoldTimerExpired();
      awaitOnWire(tap, bugle.address() + "/4");
    }
    // The thawed router may find its own hold timer expired before it reads the NOTIFICATION.
    router.thaw();
    awaitReturn(2);
  }

  @Test
  @Shows(Feature.HOLD_TIMER)
  void wireThatIsCutIsNoticedByTheHoldTimer() {
    announceBoth();
    establish(SHORT_HOLD);
    awaitBothVips();

    machine.cutWire();
    try {
      awaitHoldTimerExpired();
    } finally {
      machine.mendWire();
    }
    awaitReturn(2);
  }

  @Test
  @Shows(Feature.BAD_PEER_AS_SENT)
  void routerOfAWrongAsIsRefused() {
    router.start(config(64999, Bugle.AS, RouterSide.LISTENS, HOLD));
    try (WireTap tap = tap()) {
      bugle.peer(ROUTER_AS, true, HOLD);
      Eventually.see(
          "Bugle has sent OPEN Message Error/Bad Peer AS",
          Deadlines.SESSION,
          bugle::notificationsSent,
          sent -> sent.stream().anyMatch(error -> error.code() == 2 && error.subcode() == 2));
      awaitOnWire(tap, bugle.address() + "/2/2");
    }
    if (router.tellsWhyItWasRefused()) {
      awaitNotification("OPEN Message Error/Bad Peer AS", 2, 2);
    }
    assertThat(bugle.timesEstablished()).isZero();
  }

  @Test
  @Shows(Feature.BAD_PEER_AS_RECEIVED)
  void routerThatExpectsAnotherAsRefusesBugle() {
    router.start(config(ROUTER_AS, 64998, RouterSide.LISTENS, HOLD));
    bugle.peer(ROUTER_AS, true, HOLD);
    Eventually.see(
        "Bugle has received OPEN Message Error/Bad Peer AS",
        Deadlines.SESSION,
        bugle::notificationsReceived,
        received -> received.stream().anyMatch(error -> error.code() == 2 && error.subcode() == 2));
    assertThat(bugle.timesEstablished()).isZero();
  }

  @Test
  @Shows(Feature.ROUTE_REFRESH)
  void routesAreSentAgainWhenTheRouterAsks() {
    announceBoth();
    establish(HOLD);
    awaitBothVips();
    RouteSeen before = seen(VIP4);
    long updates = router.session().updates();
    router.askAgain();
    if (kind.has(Feature.ROUTE_REFRESH)) {
      Eventually.see(
          kind + " has received both routes once more",
          Deadlines.ROUTE,
          router::session,
          session -> session.updates() >= updates + 2);
    }
    awaitBothVips();
    assertThat(seen(VIP4)).isEqualTo(before);
    assertThat(bugle.timesEstablished()).isEqualTo(1);
  }

  @Test
  @Shows(Feature.SHUTDOWN_SENT)
  void textOfAShutdownReachesTheRouter() throws Exception {
    announceBoth();
    establish(HOLD);
    awaitBothVips();
    await(bugle.speaker().shutdown("moving house"));
    NotificationSeen cease = awaitNotification("Cease/Administrative Shutdown", 6, 2);
    assertThat(cease.text()).contains("moving house");
    awaitVips(Set.of());
  }

  @Test
  @Shows(Feature.SHUTDOWN_RECEIVED)
  void textOfTheRoutersShutdownIsTold() {
    establish(HOLD);
    router.shutDown("closed for the night");
    awaitSessionDown();
    assertThat(bugle.notificationsReceived())
        .anySatisfy(
            error -> {
              assertThat(error.code()).isEqualTo(6);
              assertThat(error.subcode()).isEqualTo(2);
              assertThat(error.toString()).contains("closed for the night");
            });
  }

  @Test
  @Shows(Feature.FOUR_OCTET_AS)
  void asNumbersOfFourOctetsAreSeenByBothSides() {
    bugle.close();
    bugle = Bugle.inAs(4200000001L, machine.wire());
    router.start(config(4200000002L, 4200000001L, RouterSide.LISTENS, HOLD));
    bugle.peer(4200000002L, true, HOLD);
    bugle.speaker().announce(vip4());
    awaitSession();
    awaitVips(Set.of(VIP4));
    assertThat(seen(VIP4).asPath()).containsExactly(4200000001L, 4200000001L, 4200000001L);
    router.originate(new OwnRoute("198.51.100.7/32", List.of(), List.of()));
    Eventually.see(
        "Bugle's listener is told of a route from AS 4200000002",
        Deadlines.ROUTE,
        bugle::learned,
        routes -> routes.getOrDefault("198.51.100.7/32", "").contains("4200000002"));
  }

  private enum RouterSide {
    CONNECTS,
    LISTENS
  }

  private void start(RouterSide side, Duration hold) {
    router.start(config(ROUTER_AS, Bugle.AS, side, hold));
  }

  private RouterConfig config(long routerAs, long bugleAs, RouterSide side, Duration hold) {
    return new RouterConfig(
        routerAs, bugleAs, bugle.address(), bugle.port(), side == RouterSide.CONNECTS, hold);
  }

  private Peer establish(Duration hold) {
    start(RouterSide.LISTENS, hold);
    Peer peer = bugle.peer(ROUTER_AS, true, hold);
    awaitSession();
    return peer;
  }

  private static Route vip4() {
    return Route.to(VIP4)
        .communities("65001:100", "no-export", "65001:1:2", "4200000000:4294967295:0", "rt:65001:7")
        .med(77)
        .prepend(2)
        .build();
  }

  private void announceBoth() {
    bugle.speaker().announce(vip4());
    bugle.speaker().announce(Route.to(VIP6).build());
  }

  private SessionState stateOfPeer() {
    return bugle.speaker().peers().get(0).status().state();
  }

  private void awaitSession() {
    Eventually.see(
        kind + " and Bugle both say Established",
        Deadlines.SESSION,
        () -> router.session() + ", Bugle: " + stateOfPeer() + " after " + bugle.history(),
        ignored -> router.session().established() && stateOfPeer() == SessionState.ESTABLISHED);
  }

  private void awaitReturn(int timesEstablished) {
    Eventually.see(
        "Bugle's session is established for the " + timesEstablished + ". time",
        Deadlines.SESSION,
        () -> bugle.history() + ", router: " + router.session(),
        ignored -> bugle.timesEstablished() >= timesEstablished);
    awaitSession();
    awaitBothVips();
  }

  private void awaitBothVips() {
    awaitVips(Set.of(VIP4, VIP6));
  }

  private void awaitVips(Set<String> vips) {
    Eventually.see(
        kind + " has exactly " + vips + " from Bugle",
        Deadlines.ROUTE,
        router::received,
        routes ->
            routes.size() == vips.size()
                && routes.stream().allMatch(route -> vips.contains(route.prefix())));
  }

  private RouteSeen seen(String prefix) {
    return router.received().stream()
        .filter(route -> route.prefix().equals(prefix))
        .findFirst()
        .orElseThrow(() -> new AssertionError(kind + " has no route to " + prefix));
  }

  private NotificationSeen awaitNotification(String what, int code, int subcode) {
    return Eventually.see(
            kind + " reports " + what,
            Deadlines.ROUTE,
            router::notificationsReceived,
            all -> all.stream().anyMatch(notification -> notification.is(code, subcode)))
        .stream()
        .filter(notification -> notification.is(code, subcode))
        .findFirst()
        .orElseThrow();
  }

  private void awaitSessionDown() {
    Eventually.see(
        "Bugle's session is down",
        Deadlines.ROUTE,
        () -> stateOfPeer() + " after " + bugle.history(),
        ignored -> stateOfPeer() != SessionState.ESTABLISHED);
  }

  private WireTap tap() {
    RequiredPeers.demand(WireTap.missing());
    return WireTap.on(machine.wire());
  }

  private static void awaitOnWire(WireTap tap, String notification) {
    Eventually.see(
        "tshark reads the NOTIFICATION " + notification,
        Deadlines.ROUTE,
        tap::notifications,
        seen -> seen.stream().anyMatch(line -> (line + "/").startsWith(notification + "/")));
  }

  private void awaitHoldTimerExpired() {
    Eventually.see(
        "Bugle has sent Hold Timer Expired",
        SHORT_HOLD.plusSeconds(3),
        bugle::notificationsSent,
        sent -> sent.stream().anyMatch(error -> error.code() == 4));
    awaitSessionDown();
  }

  private static void await(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(Deadlines.SESSION.toSeconds(), SECONDS);
  }
}
