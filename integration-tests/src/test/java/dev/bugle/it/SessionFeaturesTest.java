package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.Announcement;
import dev.bugle.bgp.LocalAs;
import dev.bugle.bgp.Route;
import dev.bugle.bgp.session.RemoteAs;
import dev.bugle.bgp.wire.AddressFamily;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the OPENs of a session settle, against each router that takes part in it. */
class SessionFeaturesTest extends FeatureContract {

  @FeatureTest(Feature.MINIMUM_HOLD_TIME)
  void routerRefusesAHoldTimeThatIsTooShort(RouterKind kind) {
    RouterConfig patient =
        new RouterConfig(
            ROUTER_AS,
            Bugle.AS,
            bugle().address(),
            bugle().port(),
            false,
            Duration.ofSeconds(90),
            List.of(new NeighborOption.MinimumHoldTime(Duration.ofSeconds(30))));
    startRouter(kind, machine(), patient);
    startPeer(peer -> peer.holdTime(Duration.ofSeconds(29)));
    awaitReceived(2, 6);
    assertThat(bugle().timesEstablished()).isZero();
  }

  @FeatureTest(Feature.LOCAL_AS)
  void routerKnowsBugleByAnotherAs(RouterKind kind) {
    startRouter(kind, machine(), inOtherAses(ROUTER_AS, 64999));
    bugle().speaker().announce(Route.to(VIP4).build());
    startPeer(peer -> peer.localAs(new LocalAs(64999, true)));
    awaitSession();
    assertThat(awaitRoutes(VIP4).get(0).asPath()).containsExactly(64999L);
  }

  @FeatureTest(Feature.LOCAL_AS)
  void routerSeesBothAsesOfBugle(RouterKind kind) {
    startRouter(kind, machine(), inOtherAses(ROUTER_AS, 64999));
    bugle().speaker().announce(Route.to(VIP4).build());
    startPeer(peer -> peer.localAs(new LocalAs(64999, false)));
    awaitSession();
    assertThat(awaitRoutes(VIP4).get(0).asPath()).containsExactly(64999L, Bugle.AS);
  }

  @FeatureTest(Feature.ANY_AS)
  void routerMayBeInAnyOtherAs(RouterKind kind) {
    startRouter(kind, machine(), inOtherAses(4200000003L, Bugle.AS));
    bugle().speaker().announce(Route.to(VIP4).build());
    startPeer(peer -> peer.remoteAs(RemoteAs.Relation.EXTERNAL));
    awaitSession();
    assertThat(awaitRoutes(VIP4).get(0).asPath()).containsExactly(Bugle.AS);
  }

  @FeatureTest(Feature.ANY_AS)
  void routerMayBeInOurAs(RouterKind kind) {
    startRouter(kind, machine(), inOtherAses(Bugle.AS, Bugle.AS));
    bugle().speaker().announce(Route.to(VIP4).localPref(250).build());
    startPeer(peer -> peer.remoteAs(RemoteAs.Relation.INTERNAL));
    awaitSession();
    RouteSeen route = awaitRoutes(VIP4).get(0);
    assertThat(route.asPath()).isEmpty();
    assertThat(route.localPref()).hasValue(250);
  }

  @FeatureTest(Feature.ANY_EXTERNAL_AS)
  void routerTakesBugleOfAnyOtherAs(RouterKind kind) {
    startRouter(
        kind, machine(), inOtherAses(ROUTER_AS, 64998).with(new NeighborOption.AnyExternalAs()));
    bugle().speaker().announce(Route.to(VIP4).build());
    startPeer(peer -> peer);
    awaitSession();
    awaitRoutes(VIP4);
  }

  @FeatureTest(Feature.EXTENDED_MESSAGES)
  void routesThatFillAnExtendedMessageArrive(RouterKind kind) {
    RequiredPeers.demand(WireTap.missing());
    startRouter(kind, new NeighborOption.ExtendedMessages());
    Set<String> many =
        IntStream.range(0, 1200)
            .mapToObj(i -> "198.18.%d.%d/32".formatted(i / 250, i % 250))
            .collect(Collectors.toSet());
    many.forEach(prefix -> bugle().speaker().announce(Route.to(prefix).build()));
    String large = "bgp.type == 2 && bgp.length > 4096 && ip.src == " + bugle().address();
    try (WireTap tap = WireTap.watch(machine().wire(), "tcp", large, List.of("bgp.length"))) {
      startPeer(peer -> peer.extendedMessages(true));
      awaitSession();
      awaitRoutes(many, route -> true);
      Eventually.see(
          "tshark reads an UPDATE of more than 4096 octets",
          Deadlines.ROUTE,
          tap::rows,
          rows -> !rows.isEmpty());
    }
    assertThat(router().session().established()).isTrue();
    assertThat(router().capabilities().ofBugle()).contains(CapabilitySeen.EXTENDED_MESSAGE);
  }

  @FeatureTest(Feature.ADD_PATH)
  void routerHasBothPathsToAPrefixAndKeepsTheOneThatIsLeft(RouterKind kind) throws Exception {
    startRouter(kind, new NeighborOption.AddPathReceive());
    String other = machine().wire().strangerV4();
    bugle().speaker().announce(Route.to(VIP4).communities("65001:1").build());
    Announcement second =
        bugle().speaker().announce(Route.to(VIP4).nextHop(other).communities("65001:2").build());
    startPeer(peer -> peer.addPathSend(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST));
    awaitSession();
    List<RouteSeen> both = awaitPaths(2);
    assertThat(both.stream().map(RouteSeen::nextHop).collect(Collectors.toSet()))
        .isEqualTo(Set.of(machine().wire().hostV4(), other));
    if (both.get(0).pathId().isPresent()) {
      assertThat(both.get(0).pathId()).isNotEqualTo(both.get(1).pathId());
    }

    second.close();
    assertThat(awaitPaths(1).get(0).communities()).containsExactly("65001:1");
    assertThat(router().capabilities().ofBugle()).contains(CapabilitySeen.ADD_PATH);
  }

  @FeatureTest(Feature.IPV6_NEXT_HOPS)
  void ipv4RouteArrivesWithAnIpv6NextHop(RouterKind kind) {
    Wire wire = machine().wire();
    use(Bugle.onIpv6(wire));
    String device = wire.device();
    String address = wire.hostV4() + "/" + wire.lengthV4();
    HostCommand.run("ip", "addr", "del", address, "dev", device).succeeded();
    try {
      startRouter(kind, new NeighborOption.ExtendedNextHop());
      bugle().speaker().announce(Route.to(VIP4).build());
      startPeer(peer -> peer.ipv6NextHops(AddressFamily.IPV4_UNICAST));
      awaitSession();
      assertThat(awaitRoutes(VIP4).get(0).nextHop()).isEqualTo(wire.hostV6());
      assertThat(router().capabilities().ofBugle()).contains(CapabilitySeen.EXTENDED_NEXT_HOP);
    } finally {
      HostCommand.run("ip", "addr", "add", address, "dev", device).succeeded();
    }
  }

  @FeatureTest(Feature.ENHANCED_REFRESH)
  void routerIsToldWhereARefreshBeginsAndEnds(RouterKind kind) {
    startRouter(kind, new NeighborOption.EnhancedRefresh());
    bugle().speaker().announce(Route.to(VIP4).build());
    startPeer(peer -> peer);
    awaitSession();
    awaitRoutes(VIP4);
    assertThat(router().capabilities().ofBugle()).contains(CapabilitySeen.ENHANCED_REFRESH);
    router().askAgain();
    Eventually.see(
        kind + " has read the markers of the refresh",
        Deadlines.ROUTE,
        router()::refreshMarkers,
        // For two families, which BIRD does not tell apart.
        read -> read.stream().sorted().toList().equals(List.of("begin", "begin", "end", "end")));
    assertThat(router().refreshMarkers()).startsWith("begin").endsWith("end");
    awaitRoutes(VIP4);
  }

  private List<RouteSeen> awaitPaths(int number) {
    return Eventually.see(
        kind() + " has " + number + " paths from Bugle",
        Deadlines.ROUTE,
        router()::received,
        paths -> paths.size() == number);
  }

  private RouterConfig inOtherAses(long routerAs, long bugleAs) {
    return new RouterConfig(routerAs, bugleAs, bugle().address(), bugle().port(), false, HOLD);
  }
}
