package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.session.RouteRetention;
import dev.bugle.bgp.session.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A router goes and comes back, and Bugle keeps its routes meanwhile, as the router has asked for
 * (RFC 4724 §4.2), and as the last resort when it is late (RFC 9494 §4.2).
 */
class RetentionTest extends FeatureContract {

  private static final String A = "198.51.100.1/32";
  private static final String B = "198.51.100.2/32";
  private static final Duration LONG = Duration.ofSeconds(60);

  /** For what is to be seen before it is over, and then to be over: room for a busy machine. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final Duration NONE = Duration.ZERO;
  private static final String LLGR_STALE = "65535:6";
  private static final String NO_LLGR = "65535:7";

  private static OwnRoute route(String prefix, String... communities) {
    return new OwnRoute(prefix, List.of(communities), List.of());
  }

  private static NeighborOption.Restarting restarting(Duration restart, Duration longLived) {
    return new NeighborOption.Restarting(restart, longLived, false, false);
  }

  /** A router of which Bugle has two routes, the second of them with these communities. */
  private LearnedHistory established(
      RouterKind kind, NeighborOption.Restarting promise, String... second) {
    return established(kind, HOLD, promise, second);
  }

  private LearnedHistory established(
      RouterKind kind, Duration hold, NeighborOption.Restarting promise, String... second) {
    use(Bugle.learning(machine().wire()));
    startRouter(
        kind,
        machine(),
        new RouterConfig(ROUTER_AS, Bugle.AS, bugle().address(), bugle().port(), false, hold)
            .with(promise));
    router().originate(route(A, "65000:1"));
    router().originate(route(B, second));
    RouteRetention granted =
        new RouteRetention(
            Duration.ofSeconds(90), LONG, Duration.ofHours(1), promise.notification());
    startPeer(peer -> peer.retention(granted).importPolicy(RoutePolicy.ACCEPT_ALL));
    awaitSession();
    LearnedHistory history = new LearnedHistory(bugle().speaker());
    history.awaitPath(A, "65000:1");
    history.awaitPath(B, second);
    return history;
  }

  private void kill() {
    router().kill();
    awaitBugleDown();
  }

  private void awaitBugleDown() {
    Eventually.see(
        "Bugle says that the session is over",
        Deadlines.SESSION,
        this::state,
        state -> state != SessionState.ESTABLISHED);
  }

  /** The router comes back with one route, and Bugle sees nothing of it before it has that. */
  private void comeBackWith(OwnRoute route, NeighborOption.Restarting promise) {
    machine().cutWire();
    try {
      router().restart(neighbor(promise));
      router().originate(route);
    } finally {
      machine().mendWire();
    }
  }

  private static NeighborOption.Restarting forwarded(NeighborOption.Restarting promise) {
    return new NeighborOption.Restarting(promise.restartTime(), promise.longLived(), false, true);
  }

  @FeatureTest(Feature.RETENTION)
  void routesAreKeptWhileTheRouterRestartsAndThoseItDoesNotAnnounceAgainGo(RouterKind kind) {
    NeighborOption.Restarting promise = restarting(LONG, NONE);
    try (LearnedHistory history = established(kind, promise, "65000:2")) {
      kill();
      assertThat(history.communities(A)).contains(Set.of("65000:1"));
      assertThat(history.communities(B)).contains(Set.of("65000:2"));

      comeBackWith(route(A, "65000:3"), forwarded(promise));
      awaitSession();
      history.awaitPath(A, "65000:3");
      history.awaitNone(B);
      assertThat(history.paths(A)).hasSize(1);
      assertThat(history.lost()).containsExactly(B);
    }
  }

  @FeatureTest(Feature.RETENTION)
  void routesGoWhenTheRouterIsBackAndHasNotForwardedPackets(RouterKind kind) {
    NeighborOption.Restarting promise = restarting(LONG, NONE);
    try (LearnedHistory history = established(kind, promise, "65000:2")) {
      kill();
      assertThat(history.lost()).isEmpty();

      comeBackWith(route(A, "65000:3"), promise);
      awaitSession();
      history.awaitPath(A, "65000:3");
      history.awaitNone(B);
      assertThat(history.lost()).containsExactlyInAnyOrder(A, B);
    }
  }

  @FeatureTest(Feature.RETENTION)
  void routesGoWhenTheRouterIsNotBackInTime(RouterKind kind) {
    try (LearnedHistory history = established(kind, restarting(SOON, NONE), "65000:2")) {
      kill();
      assertThat(history.lost()).isEmpty();
      history.awaitNone(A);
      history.awaitNone(B);
    }
  }

  @FeatureTest(Feature.RETENTION)
  void routesGoAtOnceWhenTheRouterIsShutDown(RouterKind kind) {
    try (LearnedHistory history = established(kind, restarting(LONG, NONE), "65000:2")) {
      router().shutDown("for good");
      awaitReceived(6, 2);
      history.awaitNone(A);
      history.awaitNone(B);
    }
  }

  @FeatureTest(Feature.RETENTION_NOTIFICATION)
  void routesAreKeptWhenTheHoldTimeIsOver(RouterKind kind) {
    NeighborOption.Restarting promise = new NeighborOption.Restarting(LONG, NONE, true, false);
    try (LearnedHistory history = established(kind, Duration.ofSeconds(3), promise, "65000:2")) {
      router().freeze();
      try {
        awaitSent(4, 0);
        awaitBugleDown();
        assertThat(history.communities(A)).contains(Set.of("65000:1"));
        assertThat(history.communities(B)).contains(Set.of("65000:2"));
        assertThat(history.lost()).isEmpty();
      } finally {
        router().thaw();
      }
      awaitSession();
      history.awaitPath(A, "65000:1");
      history.awaitPath(B, "65000:2");
    }
  }

  @FeatureTest(Feature.RETENTION_NOTIFICATION)
  void routesGoWhenTheRouterIsShutDownIfItSaysThatThisIsAHardReset(RouterKind kind) {
    NeighborOption.Restarting promise = new NeighborOption.Restarting(LONG, NONE, true, false);
    try (LearnedHistory history = established(kind, promise, "65000:2")) {
      router().shutDown("for good");
      if (kind == RouterKind.GOBGP) {
        // It says no more than Administrative Shutdown: they are to be kept (RFC 8538 §3).
        awaitReceived(6, 2);
        awaitBugleDown();
        assertThat(history.communities(A)).contains(Set.of("65000:1"));
        assertThat(history.lost()).isEmpty();
      } else {
        awaitReceived(6, 9);
        history.awaitNone(A);
        history.awaitNone(B);
      }
    }
  }

  @FeatureTest(Feature.LONG_LIVED_RETENTION)
  void routesAreTheLastResortUntilTheRouterIsBackExceptThoseThatMustNot(RouterKind kind) {
    NeighborOption.Restarting promise = restarting(Duration.ofSeconds(1), Duration.ofHours(1));
    try (LearnedHistory history = established(kind, promise, NO_LLGR)) {
      kill();
      history.awaitPath(A, "65000:1", LLGR_STALE);
      assertThat(history.communities(B)).isEmpty();
      assertThat(history.paths(B).get(0).reason().orElseThrow()).contains("NO_LLGR");

      comeBackWith(route(A, "65000:3"), forwarded(promise));
      awaitSession();
      history.awaitPath(A, "65000:3");
      history.awaitNone(B);
      assertThat(history.lost()).containsExactly(B);
    }
  }

  @FeatureTest(Feature.LONG_LIVED_RETENTION)
  void lastResortGoesWhenTheRouterIsBackAndDoesNotSayThatItForwardedPackets(RouterKind kind) {
    NeighborOption.Restarting promise = restarting(Duration.ofSeconds(1), Duration.ofHours(1));
    try (LearnedHistory history = established(kind, promise, "65000:2")) {
      kill();
      history.awaitPath(A, "65000:1", LLGR_STALE);
      assertThat(history.lost()).isEmpty();

      comeBackWith(route(A, "65000:3"), promise);
      awaitSession();
      history.awaitPath(A, "65000:3");
      history.awaitNone(B);
      // FRR says so in the long-lived capability in any case, and keeps A until it is fresh.
      assertThat(history.lost()).isEqualTo(kind == RouterKind.FRR ? Set.of(B) : Set.of(A, B));
    }
  }

  @FeatureTest(Feature.LONG_LIVED_RETENTION)
  void lastResortEndsToo(RouterKind kind) {
    NeighborOption.Restarting promise = restarting(Duration.ofSeconds(1), SOON);
    try (LearnedHistory history = established(kind, promise, "65000:2")) {
      kill();
      history.awaitPath(A, "65000:1", LLGR_STALE);
      history.awaitNone(A);
      history.awaitNone(B);
    }
  }
}
