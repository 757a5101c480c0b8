package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Proves the drivers themselves, against ExaBGP: when these pass and {@link PeerContract} fails,
 * the fault is Bugle's.
 */
@ExtendWith(NothingLeftBehind.class)
@Timeout(120)
abstract class DriversContract {

  private static final long ROUTER_AS = 65000;
  private static final long OTHER_AS = 65001;
  private static final int PORT = 1790;

  private final Lab lab;

  DriversContract(LabKind lab) {
    this.lab = lab.lab();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void driverReadsWhatTheRouterHolds(RouterKind kind) {
    RequiredPeers.demand(ScriptedPeer.missing());
    RequiredPeers.demand(lab.missing());
    try (Machine machine = lab.newMachine();
        ScriptedPeer peer =
            ScriptedPeer.start(machine.wire().hostV4(), PORT, exabgp(machine.wire()));
        RealRouter router = kind.in(machine)) {
      router.start(
          new RouterConfig(
              ROUTER_AS, OTHER_AS, machine.wire().hostV4(), PORT, true, Duration.ofSeconds(3)));

      awaitSession(kind, router);
      awaitRoutes(router, machine.wire());

      router.originate(new OwnRoute("198.51.100.7/32", List.of("65000:7"), List.of("65000:7:8")));
      router.originate(new OwnRoute("2001:db8:51::7/128", List.of("65000:9"), List.of()));
      Eventually.see(
          "ExaBGP has the router's routes",
          Deadlines.ROUTE,
          peer::seen,
          seen ->
              seen.contains("198.51.100.7/32")
                  && seen.contains("65000, 7")
                  && seen.contains("2001:db8:51::7/128"));

      router.askAgain();
      awaitRoutes(router, machine.wire());
      router.resetSession();
      Eventually.see("session down", Deadlines.ROUTE, router::session, seen -> !seen.established());
      awaitSession(kind, router);
      awaitRoutes(router, machine.wire());

      machine.cutWire();
      Eventually.see(
          "the router's hold timer ends the session",
          Duration.ofSeconds(20),
          router::session,
          seen -> !seen.established());
      Eventually.see("no routes are left", Deadlines.ROUTE, router::received, List::isEmpty);
      machine.mendWire();
      awaitSession(kind, router);

      router.kill();
      assertThat(router.running()).isFalse();
    }
  }

  private static void awaitSession(RouterKind kind, RealRouter router) {
    Eventually.see(
        kind + " is established", Deadlines.SESSION, router::session, SessionSeen::established);
  }

  private static void awaitRoutes(RealRouter router, Wire wire) {
    List<RouteSeen> routes =
        Eventually.see("two routes", Deadlines.ROUTE, router::received, seen -> seen.size() == 2);
    RouteSeen v4 = routes.get(0);
    assertThat(v4.prefix()).isEqualTo("203.0.113.10/32");
    assertThat(v4.asPath()).containsExactly(OTHER_AS, OTHER_AS, OTHER_AS);
    assertThat(v4.nextHop()).isEqualTo(wire.hostV4());
    assertThat(v4.med()).isEqualTo(OptionalLong.of(77));
    assertThat(v4.communities()).isEqualTo(Set.of("65001:100", "65535:65281"));
    assertThat(v4.largeCommunities()).isEqualTo(Set.of("65001:1:2"));
    assertThat(v4.extendedCommunities()).isEqualTo(Set.of("rt:65001:7"));
    RouteSeen v6 = routes.get(1);
    assertThat(v6.prefix()).isEqualTo("2001:db8:10::10/128");
    assertThat(v6.asPath()).containsExactly(OTHER_AS);
    assertThat(v6.nextHop()).isEqualTo(wire.hostV6());
    assertThat(v6.med()).isEmpty();
    assertThat(v6.communities()).isEqualTo(Set.of("65001:200"));
  }

  private static String exabgp(Wire wire) {
    return """
    neighbor %s {
      router-id %s; local-address %s; local-as 65001; peer-as 65000; hold-time 3;
      family { ipv4 unicast; ipv6 unicast; }
      capability { route-refresh; }
      api { processes [ dump ]; receive { parsed; update; } }
      static {
        route 203.0.113.10/32 next-hop %s med 77 as-path [65001 65001 65001] community [65001:100 no-export] \
            large-community [65001:1:2] extended-community [target:65001:7];
        route 2001:db8:10::10/128 next-hop %s community [65001:200];
      }
    }
    """
        .formatted(wire.routerV4(), wire.hostV4(), wire.hostV4(), wire.hostV4(), wire.hostV6());
  }
}
