package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerPart;
import dev.bugle.bgp.PeerPropagation;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.RoutingTableConfig;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.rib.RoutePolicy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A speaker between FRR, BIRD and GoBGP, each of which has a route that the others are to get. */
@ExtendWith(NothingLeftBehind.class)
@Timeout(180)
class PassingOnTest {

  private static final Map<RouterKind, String> PREFIXES =
      Map.of(
          RouterKind.FRR, "198.51.100.0/26",
          RouterKind.GOBGP, "198.51.100.64/26",
          RouterKind.BIRD, "198.51.100.128/26");

  private final Lab lab = new NamespaceLab();
  private final Map<RouterKind, Machine> machines = new EnumMap<>(RouterKind.class);
  private final Map<RouterKind, RealRouter> routers = new EnumMap<>(RouterKind.class);
  private final BgpSpeaker speaker =
      BgpSpeaker.open(
          SpeakerConfig.builder(Bugle.AS, "192.0.2.1")
              .listen("0.0.0.0", 0)
              .routingTable(RoutingTableConfig.STANDARD)
              .build());

  @BeforeEach
  void demandLab() {
    RequiredPeers.demand(lab.missing());
  }

  @AfterEach
  void close() {
    speaker.close();
    routers.values().forEach(RealRouter::close);
    machines.values().forEach(Machine::close);
  }

  private static int number(RouterKind kind) {
    return List.copyOf(PREFIXES.keySet()).indexOf(kind);
  }

  private static long externalAs(RouterKind kind) {
    return 65010L + number(kind);
  }

  private void start(RouterKind kind, long as, PeerPart part) {
    Machine machine = lab.newMachine();
    machines.put(kind, machine);
    speaker.peer(
        PeerConfig.builder(machine.wire().routerV4(), as)
            .passive(true)
            .importPolicy(RoutePolicy.ACCEPT_ALL)
            .propagation(PeerPropagation.STANDARD.withPart(part).withPolicy(RoutePolicy.ACCEPT_ALL))
            .build());
    RealRouter router = kind.in(machine);
    routers.put(kind, router);
    int port = speaker.listenAddresses().get(0).getPort();
    router.start(
        new RouterConfig(
            as, Bugle.AS, machine.wire().hostV4(), port, true, Duration.ofSeconds(90)));
    router.originate(new OwnRoute(PREFIXES.get(kind), List.of("65010:" + number(kind)), List.of()));
  }

  private RouteSeen await(RouterKind at, String prefix) {
    return Eventually.see(
            at.title() + " has " + prefix,
            Deadlines.SESSION,
            () -> seen(at, prefix),
            Optional::isPresent)
        .orElseThrow();
  }

  private Optional<RouteSeen> seen(RouterKind at, String prefix) {
    return routers.get(at).received().stream()
        .filter(route -> route.prefix().equals(prefix))
        .findFirst();
  }

  private interface Expectation {
    void check(RouterKind at, RouterKind from, RouteSeen route);
  }

  private void forEachPair(Expectation expectation) {
    forEachPair(EnumSet.allOf(RouterKind.class), expectation);
  }

  private void forEachPair(Set<RouterKind> receivers, Expectation expectation) {
    for (RouterKind at : receivers) {
      for (RouterKind from : RouterKind.values()) {
        if (at != from) {
          RouteSeen route = await(at, PREFIXES.get(from));
          assertThat(route.communities()).contains("65010:" + number(from));
          expectation.check(at, from, route);
        }
      }
    }
  }

  private String routerAddress(RouterKind kind) {
    return machines.get(kind).wire().routerV4();
  }

  @Test
  void routersOfOtherAsesGetEachOthersRoutesThroughOurAs() {
    for (RouterKind kind : RouterKind.values()) {
      start(kind, externalAs(kind), PeerPart.PLAIN);
    }
    forEachPair(
        (at, from, route) -> {
          assertThat(route.asPath()).as("%s", route).containsExactly(Bugle.AS, externalAs(from));
          assertThat(route.nextHop()).isEqualTo(machines.get(at).wire().hostV4());
        });
    speaker.announce(Route.to("203.0.113.10/32").communities("65001:7").build());
    for (RouterKind at : RouterKind.values()) {
      RouteSeen vip = await(at, "203.0.113.10/32");
      assertThat(vip.asPath()).containsExactly(Bugle.AS);
      assertThat(vip.communities()).containsExactly("65001:7");
      assertThat(routers.get(at).received())
          .as("%s is not told its own", at)
          .noneMatch(route -> route.prefix().equals(PREFIXES.get(at)));
    }

    routers.get(RouterKind.BIRD).stop();
    for (RouterKind at : Set.of(RouterKind.FRR, RouterKind.GOBGP)) {
      Eventually.see(
          at.title() + " hears that BIRD's route is gone",
          Deadlines.SESSION,
          () -> seen(at, PREFIXES.get(RouterKind.BIRD)),
          Optional::isEmpty);
    }
  }

  @Test
  void clientsOfAReflectorGetEachOthersRoutesAsTheyAre() {
    for (RouterKind kind : RouterKind.values()) {
      start(kind, Bugle.AS, PeerPart.REFLECTOR_CLIENT);
    }
    forEachPair(
        (at, from, route) -> {
          assertThat(route.asPath()).as("%s", route).isEmpty();
          assertThat(route.nextHop()).as("%s", route).isEqualTo(routerAddress(from));
          assertThat(route.localPref()).as("%s", route).hasValue(100);
        });
  }

  /** BIRD takes no next hop that is not on its wire, so it tells here, and is told nothing. */
  @Test
  void clientsOfARouteServerGetEachOthersRoutesAsThoughItWereNotThere() {
    for (RouterKind kind : RouterKind.values()) {
      start(kind, externalAs(kind), PeerPart.ROUTE_SERVER_CLIENT);
    }
    Set<RouterKind> receivers = Set.of(RouterKind.FRR, RouterKind.GOBGP);
    forEachPair(
        receivers,
        (at, from, route) -> {
          assertThat(route.asPath()).as("%s", route).containsExactly(externalAs(from));
          assertThat(route.nextHop()).as("%s", route).isEqualTo(routerAddress(from));
        });
  }
}
