package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each real router must see of {@code bugle run}. Subclasses say where the routers run. */
@ExtendWith(NothingLeftBehind.class)
@Timeout(120)
abstract class ProgramContract {

  private static final Duration HOLD = Duration.ofSeconds(9);
  private static final long ROUTER_AS = 65000;
  private static final String ANYCAST = "203.0.113.53/32";
  private static final String LED4 = "203.0.113.10/32";
  private static final String LED6 = "2001:db8:cafe::10/128";

  private final Lab lab;

  ProgramContract(LabKind lab) {
    this.lab = lab.lab();
  }

  @BeforeEach
  void demandLab() {
    RequiredPeers.demand(lab.missing());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void vipsFollowTheLeadershipWhileTheSessionStaysUp(RouterKind kind) throws Exception {
    ScratchDirectory directory = ScratchDirectory.create();
    Path lock = directory.path().resolve("lock");
    Competitor other = Competitor.first(lock);
    try (Machine machine = lab.newMachine();
        RealRouter router = kind.in(machine)) {
      router.start(neighbor(machine.wire()));
      try (Program program = Program.run(configuration(machine.wire(), lock))) {
        awaitVips(program, router, ANYCAST);

        other.close();
        awaitVips(program, router, ANYCAST, LED4, LED6);
        assertVipsAreAsConfigured(machine.wire(), router);

        other = Competitor.usurp(lock);
        awaitVips(program, router, ANYCAST);
        assertThat(router.session().established()).as("%s", router.session()).isTrue();
        assertThat(router.notificationsReceived()).isEmpty();

        other.close();
        awaitVips(program, router, ANYCAST, LED4, LED6);

        program.terminate();
        assertThat(program.awaitExitCode(Duration.ofSeconds(10))).isZero();
        NotificationSeen cease = awaitCease(router);
        assertThat(cease.is(6, 2)).as("%s", cease).isTrue();
        assertThat(cease.text()).contains("node-1 is stopping");
        awaitVips(program, router);
      }
    } finally {
      other.close();
      directory.remove();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void killedProgramLeavesNoRouteBehind(RouterKind kind) throws Exception {
    ScratchDirectory directory = ScratchDirectory.create();
    try (Machine machine = lab.newMachine();
        RealRouter router = kind.in(machine)) {
      router.start(neighbor(machine.wire()));
      String configuration = configuration(machine.wire(), directory.path().resolve("lock"));
      try (Program program = Program.run(configuration)) {
        awaitVips(program, router, ANYCAST, LED4, LED6);
        program.kill();
        awaitVips(program, router);
      }
      try (Program program = Program.run(configuration)) {
        awaitVips(program, router, ANYCAST, LED4, LED6);
      }
    } finally {
      directory.remove();
    }
  }

  private static RouterConfig neighbor(Wire wire) {
    return new RouterConfig(ROUTER_AS, Bugle.AS, wire.hostV4(), 1790, false, HOLD);
  }

  private static String configuration(Wire wire, Path lock) {
    return """
    speaker:
      local-as: %d
      router-id: %s
      shutdown-message: node-1 is stopping
    peers:
      - address: %s
        remote-as: %d
        hold-time: %ds
        connect-retry: 1s
    leadership:
      control-plane:
        type: file-lock
        path: %s
        poll-interval: 100ms
        lease: 500ms
    vips:
      - prefix: %s
        leadership: control-plane
        communities: [65001:100, no-export, "65001:1:2"]
        med: 10
      - prefix: %s
        leadership: control-plane
        communities: [65001:200]
      - prefix: %s
        leadership: always
        prepend: 2
    """
        .formatted(
            Bugle.AS,
            wire.hostV4(),
            wire.routerV4(),
            ROUTER_AS,
            HOLD.toSeconds(),
            lock,
            LED4,
            LED6,
            ANYCAST);
  }

  private static void awaitVips(Program program, RealRouter router, String... vips) {
    Eventually.see(
        "the router has exactly " + Set.of(vips),
        Deadlines.SESSION,
        () ->
            new View(
                prefixes(router),
                "%s; the program's output:%n%s".formatted(router.session(), program.output())),
        view -> view.prefixes().equals(Set.of(vips)));
  }

  private record View(Set<String> prefixes, String report) {}

  private static Set<String> prefixes(RealRouter router) {
    return router.received().stream().map(RouteSeen::prefix).collect(Collectors.toSet());
  }

  private static void assertVipsAreAsConfigured(Wire wire, RealRouter router) {
    for (RouteSeen route : router.received()) {
      switch (route.prefix()) {
        case LED4 -> {
          assertThat(route.communities()).isEqualTo(Set.of("65001:100", "65535:65281"));
          assertThat(route.largeCommunities()).isEqualTo(Set.of("65001:1:2"));
          assertThat(route.med()).isEqualTo(OptionalLong.of(10));
          assertThat(route.asPath()).containsExactly(Bugle.AS);
          assertThat(route.nextHop()).isEqualTo(wire.hostV4());
        }
        case LED6 -> {
          assertThat(route.communities()).isEqualTo(Set.of("65001:200"));
          assertThat(route.nextHop()).isEqualTo(wire.hostV6());
        }
        case ANYCAST -> assertThat(route.asPath()).containsExactly(Bugle.AS, Bugle.AS, Bugle.AS);
        default -> throw new AssertionError("unexpected " + route);
      }
    }
  }

  private static NotificationSeen awaitCease(RealRouter router) {
    return Eventually.see(
            "the router reports a NOTIFICATION",
            Deadlines.ROUTE,
            router::notificationsReceived,
            received -> !received.isEmpty())
        .get(0);
  }
}
