package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program ends a BGP session whose path fails, long before its hold time is over. */
@ExtendWith(NothingLeftBehind.class)
@Timeout(120)
class BgpOverBfdTest {

  private static final long ROUTER_AS = 65000;
  private static final Duration HOLD = Duration.ofSeconds(90);
  private static final String VIP = "203.0.113.10/32";

  /** What the program says: that BFD ended the BGP session, after what silence, and how late. */
  private static final Pattern ENDED =
      Pattern.compile(
          "ESTABLISHED -> .*BFD: .*nothing received for ([0-9.]+) ms \\(own delay ([0-9.]+) ms\\)");

  private final Lab lab = new NamespaceLab();

  @BeforeEach
  void demandLab() {
    RequiredPeers.demand(lab.missing());
  }

  @FeatureTest(Feature.BFD)
  void pathThatFailsEndsTheSessionWithinTheDetectionTimeAndItComesBack(RouterKind kind) {
    try (Machine machine = lab.newMachine();
        RealRouter router = kind.in(machine)) {
      router.start(
          new RouterConfig(ROUTER_AS, Bugle.AS, machine.wire().hostV4(), 1790, false, HOLD)
              .with(new NeighborOption.Bfd()));
      try (Program program = Program.run(configuration(machine.wire()))) {
        awaitUp(program);
        awaitVips(program, router, Set.of(VIP));

        machine.cutWire();
        try {
          MatchResult ended = awaitOutput(program, ENDED);
          double ownDelay = Double.parseDouble(ended.group(2));
          assertThat(Double.parseDouble(ended.group(1))).isBetween(300.0, 500.0 + ownDelay);
          awaitVips(program, router, Set.of());
        } finally {
          machine.mendWire();
        }
        awaitVips(program, router, Set.of(VIP));
        assertThat(router.session().established()).as("%s", router.session()).isTrue();
      }
    }
  }

  /** RFC 5882 §4.1: no session, and no VIP, before BFD is up. */
  @ParameterizedTest
  @EnumSource(
      value = RouterKind.class,
      names = {"FRR", "BIRD"})
  void strictSessionWaitsUntilTheRouterHasBfd(RouterKind kind) {
    try (Machine machine = lab.newMachine();
        RealRouter router = kind.in(machine)) {
      RouterConfig without =
          new RouterConfig(ROUTER_AS, Bugle.AS, machine.wire().hostV4(), 1790, false, HOLD);
      router.start(without);
      String strict =
          configuration(machine.wire())
              .replace("      interval: 100ms", "      interval: 100ms\n      strict: true");
      try (Program program = Program.run(strict)) {
        awaitOutput(program, Pattern.compile("IDLE: waiting for the path: BFD: "));
        assertThat(program.output()).doesNotContain("CONNECT");
        assertThat(router.session().established()).isFalse();

        router.stop();
        router.start(without.with(new NeighborOption.Bfd()));

        awaitUp(program);
        awaitVips(program, router, Set.of(VIP));
      }
    }
  }

  private static String configuration(Wire wire) {
    return """
    speaker:
      local-as: %d
      router-id: %s
    peers:
      - address: %s
        remote-as: %d
        local-address: %2$s
        hold-time: %5$ds
        connect-retry: 1s
        bfd:
          interval: 100ms
    vips:
      - prefix: %6$s
        leadership: always
    """
        .formatted(Bugle.AS, wire.hostV4(), wire.routerV4(), ROUTER_AS, HOLD.toSeconds(), VIP);
  }

  private static MatchResult awaitOutput(Program program, Pattern pattern) {
    String output =
        Eventually.see(
            "the program says '" + pattern + "'",
            Deadlines.SESSION,
            program::output,
            seen -> pattern.matcher(seen).find());
    return pattern.matcher(output).results().findFirst().orElseThrow();
  }

  /** Both sessions, by their last words: a router may take BFD down once more while BGP begins. */
  private static void awaitUp(Program program) {
    Eventually.see(
        "BFD and then BGP are up to stay",
        Deadlines.SESSION,
        program::output,
        seen ->
            lastOf(seen, Pattern.compile("BfdSession - .* -> (\\w+)")).equals("UP")
                && lastOf(seen, Pattern.compile("SessionDriver - .* -> (\\w+)"))
                    .equals("ESTABLISHED"));
  }

  private static String lastOf(String output, Pattern pattern) {
    return pattern
        .matcher(output)
        .results()
        .map(line -> line.group(1))
        .reduce("", (earlier, later) -> later);
  }

  private static void awaitVips(Program program, RealRouter router, Set<String> vips) {
    Eventually.see(
        "the router has exactly " + vips,
        Deadlines.SESSION,
        () -> prefixes(router) + "; " + router.session() + "; " + program.output(),
        ignored -> prefixes(router).equals(vips));
  }

  private static Set<String> prefixes(RealRouter router) {
    return router.received().stream().map(RouteSeen::prefix).collect(Collectors.toSet());
  }
}
