package dev.bugle.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.Peer;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.session.GracefulRestart;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Bugle goes and comes back, and the router keeps its routes meanwhile (RFC 4724, RFC 8538). */
class GracefulRestartTest extends FeatureContract {

  private static final Duration RESTART = Duration.ofSeconds(60);
  private static final Set<String> BOTH = Set.of(VIP4, VIP6);

  @FeatureTest(Feature.GRACEFUL_RESTART)
  void routesAreKeptWhileBugleRestartsAndThoseItDoesNotSendAgainAreDropped(RouterKind kind)
      throws Exception {
    startRouter(kind, helper(false));
    establishWith(new GracefulRestart(RESTART, false));
    end(bugle().speaker().leaveForRestart(""));
    awaitSessionDown();
    awaitRoutes(BOTH, RouteSeen::stale);

    use(Bugle.restarting(machine().wire()));
    bugle().speaker().announce(Route.to(VIP4).build());
    startPeer(peer -> peer.gracefulRestart(new GracefulRestart(RESTART, false)));
    awaitSession();
    awaitRoutes(Set.of(VIP4), route -> !route.stale());
  }

  @FeatureTest(Feature.GRACEFUL_RESTART)
  void routesGoWhenBugleDoesNotComeBack(RouterKind kind) throws Exception {
    startRouter(kind, helper(false));
    // They are stale for so long only, also on a busy machine to be seen before it is over.
    establishWith(new GracefulRestart(Duration.ofSeconds(6), false));
    CompletionStage<Void> gone = bugle().speaker().leaveForRestart("");
    awaitRoutes(BOTH, RouteSeen::stale);
    end(gone);
    awaitRoutes(Deadlines.SESSION, Set.of(), route -> true);
  }

  @FeatureTest(Feature.GRACEFUL_RESTART)
  void routesGoAtOnceWhenBugleIsShutDown(RouterKind kind) throws Exception {
    startRouter(kind, helper(false));
    establishWith(new GracefulRestart(RESTART, false));
    end(bugle().speaker().shutdown("for good"));
    awaitSeen(6, 2);
    awaitRoutes();
  }

  @FeatureTest(Feature.GRACEFUL_RESTART)
  void routesAreKeptWhileTheProgramIsKilledAndStartedAgain(RouterKind kind) {
    startRouter(kind, helper(false));
    try (Program program = Program.run(programConfiguration())) {
      awaitRoutes(Deadlines.SESSION, BOTH, route -> !route.stale());
      program.kill();
      awaitRoutes(BOTH, RouteSeen::stale);
    }
    try (Program again = Program.run(programConfiguration())) {
      awaitRoutes(Deadlines.SESSION, BOTH, route -> !route.stale());
      assertThat(router().session().established()).as("%s", again.output()).isTrue();
    }
  }

  @FeatureTest(Feature.RESTART_NOTIFICATION)
  void routesAreKeptWhenTheHoldTimeIsOver(RouterKind kind) {
    startRouter(
        kind,
        machine(),
        new RouterConfig(
                ROUTER_AS,
                Bugle.AS,
                bugle().address(),
                bugle().port(),
                false,
                Duration.ofSeconds(3))
            .with(helper(true)));
    establishWith(new GracefulRestart(RESTART, true));
    machine().cutWire();
    try {
      awaitSessionDown();
      awaitRoutes(BOTH, RouteSeen::stale);
    } finally {
      machine().mendWire();
    }
    awaitSession();
    awaitRoutes(BOTH, route -> !route.stale());
  }

  @FeatureTest(Feature.RESTART_NOTIFICATION)
  void routesGoWithAHardReset(RouterKind kind) {
    startRouter(kind, helper(true));
    Peer peer = establishWith(new GracefulRestart(RESTART, true));
    peer.close();
    awaitSeen(6, 9);
    awaitRoutes();
  }

  private static void end(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(Deadlines.SESSION.toSeconds(), SECONDS);
  }

  private String programConfiguration() {
    return """
    speaker:
      local-as: %d
      router-id: %s
      on-stop: keep-routes
    peers:
      - address: %s
        remote-as: %d
        local-address: %2$s
        connect-retry: 1s
        graceful-restart:
          restart-time: 60s
    vips:
      - prefix: %s
        leadership: always
      - prefix: %s
        leadership: always
    """
        .formatted(
            Bugle.AS,
            machine().wire().hostV4(),
            machine().wire().routerV4(),
            ROUTER_AS,
            VIP4,
            VIP6);
  }

  private static NeighborOption helper(boolean notification) {
    return new NeighborOption.RestartHelper(RESTART, notification);
  }

  private Peer establishWith(GracefulRestart restart) {
    bugle().speaker().announce(Route.to(VIP4).build());
    bugle().speaker().announce(Route.to(VIP6).build());
    Peer peer = startPeer(config -> config.gracefulRestart(restart));
    awaitSession();
    awaitRoutes(BOTH, route -> !route.stale());
    return peer;
  }
}
