package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerPropagation;
import dev.bugle.bgp.RoutingTableConfig;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.AddressFamily;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A speaker between FRR, BIRD and GoBGP passes on flow specifications and their actions. */
@ExtendWith(NothingLeftBehind.class)
@Timeout(120)
class FlowSpecTest {

  private static final int BIRD_AS = 65011;
  private static final int GOBGP_AS = 65012;
  private static final int FRR_AS = 65013;

  /** As GoBGP's command line has it. */
  private static final String DROP_WEB =
      "destination 2001:db8:7::/64 protocol tcp destination-port ==80";

  private final Lab lab = new NamespaceLab();
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private BgpSpeaker speaker;

  @BeforeEach
  void startSpeaker() {
    RequiredPeers.demand(lab.missing());
    speaker =
        BgpSpeaker.open(
            SpeakerConfig.builder(Bugle.AS, "192.0.2.1")
                .listen("0.0.0.0", 0)
                .routingTable(RoutingTableConfig.STANDARD)
                .build());
    started.push(speaker);
  }

  @AfterEach
  void close() throws Exception {
    while (!started.isEmpty()) {
      started.pop().close();
    }
  }

  private Machine machineOf(long as) {
    Machine machine = lab.newMachine();
    started.push(machine);
    speaker.peer(
        PeerConfig.builder(machine.wire().routerV4(), as)
            .passive(true)
            .families(AddressFamily.IPV4_FLOWSPEC, AddressFamily.IPV6_FLOWSPEC)
            .importPolicy(RoutePolicy.ACCEPT_ALL)
            .propagation(PeerPropagation.STANDARD.withPolicy(RoutePolicy.ACCEPT_ALL))
            .build());
    return machine;
  }

  private int port() {
    return speaker.listenAddresses().get(0).getPort();
  }

  private BirdDaemon startBird() {
    Machine machine = machineOf(BIRD_AS);
    BirdDaemon bird = new BirdDaemon(machine);
    started.push(bird);
    bird.start(
        """
        log "%s" all;
        router id %s;
        flow4 table flows4;
        flow6 table flows6;
        protocol device { }
        protocol static {
          flow4;
          route flow4 { dst 203.0.113.0/24; proto = 17; dport = 53; } {
            bgp_ext_community.add((generic, 0x80060000, 0x0));
          };
        }
        protocol static {
          flow6;
          route flow6 { dst 2001:db8::/32; next header = 6; } {
            bgp_ext_community.add((generic, 0x80060000, 0x0));
          };
        }
        protocol bgp bugle {
          local %s as %d;
          neighbor %s port %d as %d;
          connect retry time 1;
          flow4 { import all; export all; };
          flow6 { import all; export all; };
        }
        """
            .formatted(
                bird.logFile(),
                machine.wire().routerV4(),
                machine.wire().routerV4(),
                BIRD_AS,
                machine.wire().hostV4(),
                port(),
                Bugle.AS));
    return bird;
  }

  private <R extends RealRouter> R start(long as, Function<Machine, R> driver) {
    Machine machine = machineOf(as);
    R router = driver.apply(machine);
    started.push(router);
    router.start(
        new RouterConfig(
                as, Bugle.AS, machine.wire().hostV4(), port(), true, Duration.ofSeconds(90))
            .with(new NeighborOption.FlowSpecs()));
    return router;
  }

  @Test
  void whatTwoRoutersSayReachesAllOthers() {
    BirdDaemon bird = startBird();
    GobgpRouter gobgp = start(GOBGP_AS, GobgpRouter::new);
    FrrRouter frr = start(FRR_AS, FrrRouter::new);
    change(gobgp, "add", DROP_WEB + " then rate-limit 0");
    Supplier<String> atFrr =
        () -> {
          Output shown =
              frr.vtysh("show bgp ipv4 flowspec detail", "show bgp ipv6 flowspec detail");
          return shown.out().replaceAll("\\s+", " ");
        };
    awaitAll(
        "FRR",
        atFrr,
        "Destination Address 203.0.113.0/24 IP Protocol = 17 Destination Port = 53 FS:rate"
            + " 0.000000",
        "Destination Address 2001:db8::/32/off 0 IP Protocol = 6 FS:rate 0.000000",
        "Destination Address 2001:db8:7::/64/off 0 IP Protocol = 6 Destination Port = 80 FS:rate");
    awaitAll(
        "GoBGP",
        () ->
            (rib(gobgp, "ipv4-flowspec") + rib(gobgp, "ipv6-flowspec"))
                .replaceAll(" +", " ")
                .replaceAll("65011 \\S+ ", "65011 "), // without the age
        "[destination: 203.0.113.0/24][protocol: ==udp][destination-port: ==53] fictitious 65001"
            + " 65011 [{Origin: i} {Extcomms: [discard]}]",
        "[destination: 2001:db8::/32/0][protocol: ==tcp] fictitious 65001"
            + " 65011 [{Origin: i} {Extcomms: [discard]}]");
    Supplier<String> atBird =
        () ->
            bird.birdc("show route all table flows6 protocol bugle").out().replaceAll("\\s+", " ");
    awaitAll(
        "BIRD",
        atBird,
        "flow6 { dst 2001:db8:7::/64; next header 6; dport 80; }",
        "BGP.as_path: 65001 65012",
        "BGP.ext_community: (generic, 0x80060000, 0x0)");

    change(gobgp, "del", DROP_WEB);
    for (Supplier<String> at : List.of(atFrr, atBird)) {
      Eventually.see(
          "the withdrawal", Deadlines.SESSION, at, shown -> !shown.contains("2001:db8:7::/64"));
    }
    assertThat(atFrr.get()).as("the others stand").contains("203.0.113.0/24", "2001:db8::/32");
    assertThat(bird.birdc("show protocols bugle").out()).as("so does this").contains("Established");
  }

  private static void awaitAll(String who, Supplier<String> shown, String... wanted) {
    Eventually.see(
        who + " has " + List.of(wanted),
        Deadlines.SESSION,
        shown,
        text -> Stream.of(wanted).allMatch(text::contains));
  }

  private static String rib(GobgpRouter gobgp, String family) {
    return gobgp.gobgp("global", "rib", "-a", family).out();
  }

  private static void change(GobgpRouter gobgp, String change, String flow) {
    List<String> command =
        new ArrayList<>(List.of("global", "rib", change, "-a", "ipv6-flowspec", "match"));
    command.addAll(List.of(flow.split(" ", -1)));
    gobgp.gobgp(command.toArray(String[]::new)).succeeded();
  }
}
