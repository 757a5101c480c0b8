package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What real routers see of VIPs that are unhealthy, drained, shared, or for other peers. */
@ExtendWith(NothingLeftBehind.class)
@Timeout(120)
class PostureTest {

  private static final long ROUTER_AS = 65000;
  private static final String GRACEFUL_SHUTDOWN = "65535:0";
  private static final String CHECKED = "203.0.113.10/32";
  private static final String SHARED = "203.0.113.11/32";
  private static final String NETWORK = "198.51.100.0/24";

  private final Lab lab = LabKind.NAMESPACE.lab();

  @BeforeEach
  void demandLab() {
    RequiredPeers.demand(lab.missing());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void vipsAreAnnouncedWorseDrainedAndWithdrawnAsTheirInputsSay(RouterKind kind) throws Exception {
    ScratchDirectory directory = ScratchDirectory.create();
    Path healthy = directory.path().resolve("healthy");
    Path maintenance = directory.path().resolve("maintenance");
    Files.createFile(healthy);
    try (Machine machine = lab.newMachine();
        RealRouter router = kind.in(machine)) {
      router.start(
          new RouterConfig(
              ROUTER_AS, Bugle.AS, machine.wire().hostV4(), 1790, false, Duration.ofSeconds(9)));
      try (Program program = Program.run(configuration(machine.wire(), healthy, maintenance))) {
        await(program, router, seen -> prefixes(seen).equals(Set.of(CHECKED, SHARED, NETWORK)));
        RouteSeen usual = route(router.received(), CHECKED);
        assertThat(usual.med()).isEqualTo(OptionalLong.of(20));
        assertThat(usual.communities()).isEqualTo(Set.of("65001:1"));
        assertThat(route(router.received(), SHARED).med()).isEqualTo(OptionalLong.of(1));

        Files.delete(healthy);
        await(
            program,
            router,
            seen ->
                prefixes(seen).contains(CHECKED)
                    && route(seen, CHECKED).med().equals(OptionalLong.of(500))
                    && route(seen, CHECKED).communities().equals(Set.of("65001:1", "65001:9")));
        await(program, router, seen -> prefixes(seen).equals(Set.of(SHARED, NETWORK)));
        Files.createFile(healthy);
        await(program, router, seen -> seen.contains(usual));

        Files.createFile(maintenance);
        await(
            program,
            router,
            seen ->
                seen.size() == 3
                    && seen.stream().allMatch(r -> r.communities().contains(GRACEFUL_SHUTDOWN)));
        await(program, router, List::isEmpty);
        assertThat(router.session().established()).isTrue();
        Files.delete(maintenance);
        await(program, router, seen -> seen.size() == 3 && seen.contains(usual));

        program.terminate();
        await(
            program,
            router,
            seen ->
                seen.size() == 3
                    && seen.stream().allMatch(r -> r.communities().contains(GRACEFUL_SHUTDOWN)));
        assertThat(program.awaitExitCode(Deadlines.SESSION)).isZero();
        await(program, router, List::isEmpty);
      }
    } finally {
      directory.remove();
    }
  }

  private static String configuration(Wire wire, Path healthy, Path maintenance) {
    return """
    speaker:
      local-as: %d
      router-id: %s
    peers:
      - address: %s
        remote-as: %d
        hold-time: 9s
        connect-retry: 1s
      - {address: 127.0.0.77, remote-as: 65077, port: 9}
    health:
      file: {type: exec, command: [test, -f, %s], interval: 200ms, fast-interval: 100ms, rise: 2, fall: 2}
    drain: {time: 5s, maintenance-file: %s}
    vips:
      - prefix: %s
        leadership: always
        health: file
        communities: [65001:1]
        med: 10
        per-peer: [{peers: %3$s, set: {med: 20}}, {peers: 127.0.0.77, set: {med: 30}}]
        when-unhealthy: {set: {med: 500, add-communities: [65001:9]}, withdraw-after: 5s}
      - {name: for-another, prefix: %s, leadership: always, med: 2, peers: 127.0.0.77}
      - {name: one, prefix: %8$s, leadership: always, med: 1}
      - {name: two, prefix: %8$s, leadership: always, med: 1}
      - {prefix: %s, leadership: always}
    """
        .formatted(
            Bugle.AS,
            wire.hostV4(),
            wire.routerV4(),
            ROUTER_AS,
            healthy,
            maintenance,
            CHECKED,
            SHARED,
            NETWORK);
  }

  private static void await(
      Program program, RealRouter router, Predicate<List<RouteSeen>> condition) {
    Eventually.see(
        "the router has what it is to be told",
        Deadlines.SESSION,
        () -> new View(router.received(), program.output()),
        view -> condition.test(view.routes()));
  }

  private record View(List<RouteSeen> routes, String output) {}

  private static Set<String> prefixes(List<RouteSeen> routes) {
    return routes.stream().map(RouteSeen::prefix).collect(Collectors.toSet());
  }

  private static RouteSeen route(List<RouteSeen> routes, String prefix) {
    return routes.stream().filter(r -> r.prefix().equals(prefix)).findFirst().orElseThrow();
  }
}
