package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * VIPs that the program announces to BIRD and binds to interfaces of its node, beside addresses of
 * the operator, from its start over its death to the next start.
 */
@ExtendWith(NothingLeftBehind.class)
@Timeout(120)
class BoundVipTest {

  private static final String ON_LO = "203.0.113.10/32";
  private static final String ON_WIRE = "2001:db8:cafe::10/128";
  private static final String LATER = "203.0.113.11/32";

  /** Of the operator, and not for the program. */
  private static final String ALIEN = "203.0.113.12/32";

  /** Of the operator, and announced by the program as well. */
  private static final String SHARED = "203.0.113.13/32";

  private static final Pattern ROUTE = Pattern.compile("(?m)^(\\S+/\\d+) ");

  private final Lab lab = new NamespaceLab();
  private Machine router;
  private BirdDaemon bird;
  private SafetyNode node;
  private ScratchDirectory directory;

  @BeforeEach
  void startRouter() {
    RequiredPeers.demand(lab.missing());
    directory = ScratchDirectory.create();
    router = lab.newMachine();
    node = new SafetyNode("A", 0, router);
    node.join();
    ip("address add fd00:b091::1/64 dev eth0 nodad"); // the next hop of the IPv6 VIP
    router.run("ip", "address", "add", "fd00:b091::2/64", "dev", "toA", "nodad").succeeded();
    bird = new BirdDaemon(router);
    bird.start(
        """
        log "%s" all;
        router id 192.0.2.254;
        protocol device { }
        protocol bgp node {
          local %s as 65000;
          neighbor %s as 65001;
          passive on;
          ipv4 { import all; export none; };
          ipv6 { import all; export none; };
        }
        """
            .formatted(bird.logFile(), node.routerAddress(), node.address()));
    ip("address add %s dev lo".formatted(ALIEN));
    ip("address add %s dev lo".formatted(SHARED));
  }

  @AfterEach
  void cleanUp() {
    if (router != null) {
      node.close();
      bird.close();
      router.close();
      directory.remove();
    }
  }

  private String ip(String command) {
    return node.run(("ip " + command).split(" ", -1)).succeeded();
  }

  private void start(String vips) {
    node.start(
        """
        speaker: {local-as: 65001, router-id: %s}
        peers:
          - {address: %s, local-address: %s, remote-as: 65000, hold-time: 9s, connect-retry: 1s}
        leadership:
          lock: {type: file-lock, path: %s, poll-interval: 100ms, lease: 500ms}
        drain: {time: 0s}
        admin: off
        address-ledger: %s
        vips: [%s]
        """
            .formatted(
                node.address(), node.routerAddress(), node.address(), lock(), ledger(), vips),
        Map.of());
  }

  private Path lock() {
    return directory.path().resolve("lock");
  }

  private Path ledger() {
    return directory.path().resolve("run/addresses");
  }

  private static String vip(String prefix, String leadership, String device) {
    return "{prefix: \"%s\", leadership: %s, bind: %s}".formatted(prefix, leadership, device);
  }

  private void kill() {
    node.signal("KILL");
    node.awaitEnd();
  }

  /** What BIRD has, what {@code ip} shows, and which of that bears the program's mark. */
  private record View(Set<String> routes, Set<String> addresses, Set<String> marked) {}

  private View view() {
    Set<String> addresses =
        ip("-o address show")
            .lines()
            .filter(line -> line.contains(" 203.0.113.") || line.contains(" 2001:db8:cafe:"))
            .map(line -> line.replaceAll("\\S+ +(\\S+) +inet6? (\\S+) .*", "$2@$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> routes =
        ROUTE
            .matcher(bird.birdc("show route").out())
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Output saved =
        node.run("sh", "-c", "ip address save | od -An -v -tx1 -w1048576 | tr -d ' \\n'");
    return new View(routes, addresses, SavedAddress.marked(saved.succeeded(), 179));
  }

  private void await(Set<String> routes, Set<String> addresses, Set<String> marked) {
    Eventually.see(
        "BIRD has %s, the node has %s, of which %s are marked".formatted(routes, addresses, marked),
        Deadlines.SESSION,
        () -> new Seen(view(), node.output()),
        seen -> seen.view().equals(new View(routes, addresses, marked)));
  }

  private record Seen(View view, String output) {}

  @Test
  void whatAKilledProgramHasBoundStaysUntilTheNextOneKeepsItOrTakesItAway() throws Exception {
    start(
        String.join(
            ", ",
            vip(ON_LO, "always", "lo"),
            vip(ON_WIRE, "always", "eth0"),
            vip(SHARED, "always", "lo")));
    Set<String> bound = Set.of(ON_LO + "@lo", ON_WIRE + "@eth0", SHARED + "@lo", ALIEN + "@lo");
    Set<String> ours = Set.of(ON_LO, ON_WIRE);
    await(Set.of(ON_LO, ON_WIRE, SHARED), bound, ours);

    kill();
    await(Set.of(), bound, ours);

    HostProcess monitor =
        HostProcess.start(
            ScratchDirectory.create(), Map.of(), node.inside("ip", "monitor", "address"));
    try {
      NetlinkListener.await(monitor.process());
      start(
          String.join(
              ", ",
              vip(ON_WIRE, "always", "eth0"),
              vip(LATER, "always", "lo"),
              vip(SHARED, "always", "lo")));
      await(
          Set.of(ON_WIRE, LATER, SHARED),
          Set.of(ON_WIRE + "@eth0", LATER + "@lo", SHARED + "@lo", ALIEN + "@lo"),
          Set.of(ON_WIRE, LATER));

      node.signal("TERM");
      node.awaitEnd();
      await(Set.of(), Set.of(SHARED + "@lo", ALIEN + "@lo"), Set.of());
      Eventually.see(
          "the removal of the last one",
          Deadlines.START,
          monitor::out,
          out -> count(out, "Deleted", "203.0.113.11") + count(out, "Deleted", "cafe::10") == 2);
      assertThat(count(monitor.out(), "", "cafe::10"))
          .as("kept without a gap, so there is only its removal at the end:%n%s", monitor.out())
          .isEqualTo(1);
      assertThat(count(monitor.out(), "", "203.0.113.10"))
          .as("taken away once:%n%s", monitor.out())
          .isEqualTo(1);
      assertThat(count(monitor.out(), "", "203.0.113.12") + count(monitor.out(), "", "113.13"))
          .as("the operator's are left alone:%n%s", monitor.out())
          .isZero();
    } finally {
      monitor.close();
    }
  }

  private static long count(String out, String begin, String address) {
    return out.lines()
        .filter(line -> line.startsWith(begin))
        .filter(line -> line.contains(" " + address) || line.contains(address + "/"))
        .count();
  }

  /** The VIP is still configured, but it is another node's by then. */
  @Test
  void whoComesBackWithoutTheLeadershipTakesAwayWhatItHeldWhenItWasKilled() throws Exception {
    String vips = vip(ON_LO, "lock", "lo") + ", " + vip(ON_WIRE, "always", "eth0");
    start(vips);
    Set<String> bound = Set.of(ON_LO + "@lo", ON_WIRE + "@eth0", SHARED + "@lo", ALIEN + "@lo");
    await(Set.of(ON_LO, ON_WIRE), bound, Set.of(ON_LO, ON_WIRE));
    kill();
    await(Set.of(), bound, Set.of(ON_LO, ON_WIRE));

    try (Competitor other = Competitor.usurp(lock())) {
      start(vips);
      await(
          Set.of(ON_WIRE),
          Set.of(ON_WIRE + "@eth0", SHARED + "@lo", ALIEN + "@lo"),
          Set.of(ON_WIRE));
      other.close();
      await(Set.of(ON_LO, ON_WIRE), bound, Set.of(ON_LO, ON_WIRE));
    }
  }
}
