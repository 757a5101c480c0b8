package dev.bugle.it;

import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.BgpError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What {@link FeatureTest}s have in common: one machine in a network namespace for the class, and
 * in each test Bugle with one router as its peer. Each test has what it starts closed.
 */
@ExtendWith(NothingLeftBehind.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class FeatureContract {

  static final long ROUTER_AS = 65000;
  static final Duration HOLD = Duration.ofSeconds(9);
  static final String VIP4 = "203.0.113.10/32";
  static final String VIP6 = "2001:db8:10::10/128";

  private final Lab lab = new NamespaceLab();
  private Machine machine;
  private Bugle bugle;
  private RealRouter router;
  private RouterKind kind;

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
  void openBugle() {
    bugle = Bugle.onIpv4(machine.wire());
  }

  @AfterEach
  void endBoth(TestInfo test) throws IOException {
    if (bugle != null) {
      bugle.close();
    }
    if (router != null) {
      Path directory = Path.of("target", "routers", getClass().getSimpleName());
      Files.createDirectories(directory);
      String name = test.getTestMethod().orElseThrow().getName();
      Files.writeString(directory.resolve(name + "-" + kind + ".log"), router.log());
      router.close();
      router = null;
    }
  }

  Machine machine() {
    return machine;
  }

  Bugle bugle() {
    return bugle;
  }

  RealRouter router() {
    return router;
  }

  RouterKind kind() {
    return kind;
  }

  /** Puts another Bugle in the place of the one that each test begins with. */
  void use(Bugle other) {
    if (bugle != null) {
      bugle.close();
    }
    bugle = other;
  }

  /** How a router is configured that listens for Bugle. */
  RouterConfig neighbor(NeighborOption... options) {
    return new RouterConfig(ROUTER_AS, Bugle.AS, bugle.address(), bugle.port(), false, HOLD)
        .with(options);
  }

  void startRouter(RouterKind wanted, NeighborOption... options) {
    startRouter(wanted, machine, neighbor(options));
  }

  void startRouter(RouterKind wanted, Machine where, RouterConfig config) {
    kind = wanted;
    router = wanted.in(where);
    router.start(config);
  }

  /** Has Bugle connect to the router. */
  Peer startPeer(UnaryOperator<PeerConfig.Builder> further) {
    return bugle.peer(ROUTER_AS, true, HOLD, further);
  }

  SessionState state() {
    return bugle.speaker().peers().get(0).status().state();
  }

  void awaitSession() {
    Eventually.see(
        kind + " and Bugle both say Established",
        Deadlines.SESSION,
        () -> router.session() + ", Bugle: " + state() + " after " + bugle.history(),
        ignored -> router.session().established() && state() == SessionState.ESTABLISHED);
  }

  void awaitSessionDown() {
    Eventually.see(
        kind + " and Bugle both say that the session is over",
        Deadlines.SESSION,
        () -> router.session() + ", Bugle: " + state() + " after " + bugle.history(),
        ignored -> !router.session().established() && state() != SessionState.ESTABLISHED);
  }

  /** Waits until the router has exactly these routes, each as is asked for. */
  List<RouteSeen> awaitRoutes(Set<String> prefixes, Predicate<RouteSeen> wanted) {
    return awaitRoutes(Deadlines.ROUTE, prefixes, wanted);
  }

  List<RouteSeen> awaitRoutes(
      Duration deadline, Set<String> prefixes, Predicate<RouteSeen> wanted) {
    return Eventually.see(
        kind + " has " + prefixes + " from Bugle, as wanted",
        deadline,
        router::received,
        routes ->
            routes.size() == prefixes.size()
                && routes.stream()
                    .allMatch(route -> prefixes.contains(route.prefix()) && wanted.test(route)));
  }

  List<RouteSeen> awaitRoutes(String... prefixes) {
    return awaitRoutes(Set.of(prefixes), route -> true);
  }

  /** Waits until Bugle has received a NOTIFICATION. */
  BgpError awaitReceived(int code, int subcode) {
    return awaitError("received", bugle::notificationsReceived, code, subcode);
  }

  /** Waits until Bugle has sent a NOTIFICATION. */
  BgpError awaitSent(int code, int subcode) {
    return awaitError("sent", bugle::notificationsSent, code, subcode);
  }

  private static BgpError awaitError(
      String done, Supplier<List<BgpError>> probe, int code, int subcode) {
    return Eventually.see(
            "Bugle has %s NOTIFICATION %d/%d".formatted(done, code, subcode),
            Deadlines.SESSION,
            probe,
            all -> all.stream().anyMatch(e -> e.code() == code && e.subcode() == subcode))
        .stream()
        .filter(error -> error.code() == code && error.subcode() == subcode)
        .findFirst()
        .orElseThrow();
  }

  /** Waits until the router reports to have received a NOTIFICATION. */
  NotificationSeen awaitSeen(int code, int subcode) {
    return Eventually.see(
            "%s reports NOTIFICATION %d/%d".formatted(kind, code, subcode),
            Deadlines.SESSION,
            router::notificationsReceived,
            all -> all.stream().anyMatch(seen -> seen.is(code, subcode)))
        .stream()
        .filter(seen -> seen.is(code, subcode))
        .findFirst()
        .orElseThrow();
  }
}
