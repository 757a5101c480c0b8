package dev.bugle.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bugle.it.lease.Grant;
import dev.bugle.it.lease.LeaseServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Two nodes that run the program, and one router, FRR, that both announce one VIP to: three network
 * namespaces. The router takes up to two next hops for a route, so that it shows whoever announces.
 */
final class SafetyLab implements AutoCloseable {

  /** How long the nodes keep a leadership although no peer is up. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /**
   * From a decision to the router's kernel, or the other way from what a node hears; most of it is
   * for a machine that has other things to do.
   */
  static final Duration LATENCY = Duration.ofSeconds(2);

  /** Detection Time of BFD at 3 x 100 ms. */
  static final Duration DETECTION = Duration.ofMillis(300);

  static final String VIP = "203.0.113.10";

  /**
   * What differs between labs.
   *
   * @param elector what the nodes compete by
   * @param lease how long a leadership lasts that is not renewed
   * @param hold the hold time
   * @param bfd whether the paths are watched
   */
  record Setting(SafetyElector elector, Duration lease, Duration hold, boolean bfd) {
    /** With the elector's usual lease. */
    Setting(SafetyElector elector, Duration hold, boolean bfd) {
      this(elector, elector.usualLease(), hold, bfd);
    }

    /** When the router gives up a node of which it hears nothing. */
    Duration silence() {
      return bfd ? DETECTION : hold;
    }
  }

  private final Setting setting;
  private final Map<String, String> environment;
  private final StandstillWatch standstills = StandstillWatch.start();
  private final Machine router;
  private final ScratchDirectory shared = ScratchDirectory.create();
  private final FrrDaemons frr;
  private final Map<String, SafetyNode> nodes = new TreeMap<>();
  private final RouteMonitor monitor;
  private final LeaseServer leases;
  private final List<Fault> faults = new ArrayList<>();
  private final List<Tenure> inferred = new ArrayList<>();

  SafetyLab(Lab lab, Setting setting) {
    this(lab, setting, Map.of());
  }

  /** The environment is that of the nodes. */
  SafetyLab(Lab lab, Setting setting, Map<String, String> environment) {
    this.setting = setting;
    this.environment = Map.copyOf(environment);
    this.router = lab.newMachine();
    this.frr = new FrrDaemons(router);
    List.of("A", "B").forEach(name -> nodes.put(name, new SafetyNode(name, nodes.size(), router)));
    this.leases = LeaseServer.listen(shared.path().resolve("lease.sock"));
    Map<String, String> nextHops = new HashMap<>();
    nodes.forEach((name, node) -> nextHops.put(node.address(), name));
    this.monitor = RouteMonitor.start(router, VIP, nextHops);
  }

  /** Starts the router and both nodes, and waits until one of them leads. */
  void start() {
    nodes.values().forEach(SafetyNode::join);
    frr.startZebra();
    if (setting.bfd()) {
      String socket = router.directory() + "/frr/bfdd.sock";
      frr.start("bfdd", "hostname router\n", "show bfd peers json", "--bfdctl", socket);
    }
    frr.start("bgpd", bgpd(), "show bgp summary json", "-p", "179");
    nodes.keySet().forEach(this::start);
    awaitSteady();
  }

  private String bgpd() {
    StringBuilder text =
        new StringBuilder(
            """
            hostname router
            router bgp 65000
             bgp router-id 192.0.2.254
             no bgp ebgp-requires-policy
            """);
    for (SafetyNode node : nodes.values()) {
      String neighbor = " neighbor " + node.address() + " ";
      text.append(neighbor).append("remote-as 65001\n");
      text.append(neighbor).append("passive\n");
      text.append(neighbor)
          .append("timers %d %d%n".formatted(keepalive().toSeconds(), setting.hold().toSeconds()));
      if (setting.bfd()) {
        text.append(neighbor).append("bfd 3 100 100\n");
      }
    }
    return text.append(
            """
             address-family ipv4 unicast
              maximum-paths 2
             exit-address-family
            """)
        .toString();
  }

  private Duration keepalive() {
    return setting.hold().dividedBy(3);
  }

  void start(String name) {
    SafetyNode node = nodes.get(name);
    node.start(
        """
        speaker:
          local-as: 65001
          router-id: %s
        peers:
          - address: %s
            remote-as: 65000
            local-address: %s
            hold-time: %ds
            connect-retry: 1s
        %s
        leadership:
          vip: %s
        drain: {time: 200ms}
        admin: off
        vips:
          - prefix: %s/32
            leadership: vip
        """
            .formatted(
                node.address(),
                node.routerAddress(),
                node.address(),
                setting.hold().toSeconds(),
                setting.bfd() ? "    bfd:\n      interval: 100ms" : "",
                setting.elector().section(name, shared.toString(), setting.lease()),
                VIP),
        environment);
  }

  Setting setting() {
    return setting;
  }

  SafetyNode node(String name) {
    return nodes.get(name);
  }

  /** What this JVM has to say of its host. */
  StandstillWatch standstills() {
    return standstills;
  }

  LeaseServer leases() {
    return leases;
  }

  Path lockFile() {
    return shared.path().resolve("vip.lock");
  }

  /** Whose route stands, which must be one. */
  String holder() {
    Set<String> standing = monitor.nodes();
    if (standing.size() != 1) {
      throw new IllegalStateException("routes of " + standing + " stand");
    }
    return standing.iterator().next();
  }

  /** The other one. */
  static String otherThan(String name) {
    return name.equals("A") ? "B" : "A";
  }

  /**
   * Waits until both sessions are up, and one route stands, twice in a row with a while between.
   */
  void awaitSteady() {
    Deadline deadline = new Deadline(Duration.ofSeconds(60));
    int calm = 0;
    while (calm < 5) {
      calm = monitor.nodes().size() == 1 && sessionsUp() == 2 ? calm + 1 : 0;
      deadline.check(
          () -> "routes of " + monitor.nodes() + ", sessions up: " + sessionsUp() + "\n" + story());
      Deadline.pause(Duration.ofMillis(100));
    }
  }

  private int sessionsUp() {
    JsonNode peers =
        Json.parse(frr.vtysh("show bgp ipv4 unicast summary json").succeeded()).path("peers");
    int up = 0;
    for (JsonNode peer : peers) {
      if (peer.path("state").asText().equals("Established")) {
        up++;
      }
    }
    return up;
  }

  /** Notes what was done; one that is not over yet is put in its place when it is. */
  synchronized void note(Fault fault) {
    faults.removeIf(one -> one.from() == fault.from() && one.node().equals(fault.node()));
    faults.add(fault);
  }

  /** With locks on files: that node's leadership ends then at the latest, whatever it does. */
  synchronized void endsAtTheLatest(String node, long until) {
    if (setting.elector() == SafetyElector.FILE_LOCK) {
      monitor.standings().stream()
          .filter(standing -> standing.node().equals(node))
          .reduce((earlier, later) -> later)
          .ifPresent(standing -> inferred.add(new Tenure(node, standing.from(), until, false)));
    }
  }

  /** What has been seen and done until now. */
  synchronized SafetyHistory history() {
    List<Tenure> tenures = new ArrayList<>(inferred);
    if (setting.elector() == SafetyElector.LEASE) {
      tenures.addAll(tenures(leases.grants()));
    }
    return new SafetyHistory(
        monitor.standings(),
        tenures,
        faults,
        new SafetyHistory.Bounds(
            LATENCY.toNanos(),
            setting.hold().plus(setting.lease()).plus(PATIENCE).plusSeconds(2).toNanos()),
        System.nanoTime());
  }

  static List<Tenure> tenures(List<Grant> grants) {
    List<Tenure> tenures = new ArrayList<>();
    for (Grant grant : grants) {
      Tenure last = tenures.isEmpty() ? null : tenures.get(tenures.size() - 1);
      boolean goes =
          last != null && last.node().equals(grant.holder()) && grant.at() <= last.until();
      if (goes) {
        tenures.remove(tenures.size() - 1);
        long until = grant.until() == 0 ? grant.at() : Math.max(last.until(), grant.until());
        tenures.add(new Tenure(last.node(), last.from(), until, true));
      } else if (grant.until() != 0) {
        tenures.add(new Tenure(grant.holder(), grant.at(), grant.until(), true));
      }
    }
    return tenures;
  }

  /** What the kernel, the nodes and the lease said, for who must find out why. */
  String story() {
    StringBuilder story = new StringBuilder(standstills.toString());
    monitor.lines().forEach(line -> story.append(line).append('\n'));
    faults.forEach(
        f ->
            story
                .append(f.from())
                .append("..")
                .append(f.until())
                .append(" ")
                .append(f)
                .append('\n'));
    nodes.forEach(
        (name, node) -> story.append("=== ").append(name).append('\n').append(node.output()));
    return story.toString();
  }

  @Override
  public void close() {
    standstills.close();
    monitor.close();
    nodes.values().forEach(SafetyNode::close);
    leases.close();
    frr.close();
    router.close();
    shared.remove();
  }
}
