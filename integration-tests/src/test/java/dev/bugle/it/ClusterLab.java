package dev.bugle.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bugle.it.lease.Grant;
import dev.bugle.k8s.apiserver.ResourceKind;
import dev.bugle.k8s.apiserver.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Three nodes that run the program, one API server, and one router, FRR, that takes as many next
 * hops for a route as there are nodes. What they announce is said by a {@link ClusterPlan}.
 */
final class ClusterLab implements AutoCloseable {

  /** Three processes start at a time, which takes a busy machine longer than their sessions. */
  private static final Duration STARTED = Duration.ofSeconds(90);

  private final ClusterPlan plan;
  private final ClusterTerms terms;
  private final StandstillWatch standstills = StandstillWatch.start();
  private final Machine router;
  private final ClusterApi api = ClusterApi.open();
  private final FrrDaemons frr;
  private final Map<String, ClusterNode> nodes = new TreeMap<>();
  private final Map<String, RouteMonitor> monitors = new TreeMap<>();
  private final List<Fault> faults = new ArrayList<>();

  ClusterLab(Lab lab, ClusterPlan plan, ClusterTerms terms, long seed) {
    this.plan = plan;
    this.terms = terms;
    this.router = lab.newMachine();
    this.frr = new FrrDaemons(router);
    Map<String, String> nextHops = new HashMap<>();
    for (String name : List.of("A", "B", "C")) {
      SafetyNode node = new SafetyNode(name, nodes.size(), router);
      nextHops.put(node.address(), name);
      nextHops.put(node.ipv6Address(), name);
      nodes.put(name, new ClusterNode(node, terms, api, new Random(seed + nodes.size())));
    }
    Stream.concat(plan.exclusive().stream(), plan.shared().stream())
        .forEach(vip -> monitors.put(vip, RouteMonitor.start(router, vip, nextHops)));
  }

  /** Starts the router and the nodes, and waits for their sessions. */
  void start() {
    String token = api.account("bugle", plan.rules(), plan.clusterRules());
    nodes.values().forEach(node -> node.join(api.namespace(), token));
    // IPv6 routes are replaced in one step, as those of IPv4 are.
    frr.startZebra("--v6-rr-semantics");
    if (terms.bfd()) {
      String socket = router.directory() + "/frr/bfdd.sock";
      frr.start("bfdd", "hostname router\n", "show bfd peers json", "--bfdctl", socket);
    }
    frr.start("bgpd", bgpd(), "show bgp summary json", "-p", "179");
    nodes.keySet().forEach(this::start);
    try {
      Eventually.see(
          "all nodes have sessions", STARTED, this::sessionsUp, up -> up == nodes.size());
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + story(), e);
    }
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
    StringBuilder ipv6 = new StringBuilder();
    for (ClusterNode node : nodes.values()) {
      String neighbor = " neighbor " + node.node().address() + " ";
      text.append(neighbor).append("remote-as 65001\n");
      text.append(neighbor).append("passive\n");
      long hold = terms.hold().toSeconds();
      text.append(neighbor).append("timers %d %d%n".formatted(hold / 3, hold));
      if (terms.bfd()) {
        text.append(neighbor).append("bfd 3 100 100\n");
      }
      ipv6.append(" ").append(neighbor).append("activate\n");
    }
    return text
        + """
         address-family ipv4 unicast
          maximum-paths 3
         exit-address-family
         address-family ipv6 unicast
          maximum-paths 3
        """
        + ipv6
        + " exit-address-family\n";
  }

  void start(String name) {
    ClusterNode node = nodes.get(name);
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
        drain: {time: 200ms}
        admin: off
        """
                .formatted(
                    node.node().address(),
                    node.node().routerAddress(),
                    node.node().address(),
                    terms.hold().toSeconds(),
                    terms.bfd() ? "    bfd:\n      interval: 100ms" : "")
            + plan.sections().of(name, api.namespace(), node.kubeconfig()));
  }

  ClusterTerms terms() {
    return terms;
  }

  ClusterNode node(String name) {
    return nodes.get(name);
  }

  Set<String> names() {
    return nodes.keySet();
  }

  /** Does it to the way of each node to the API server. */
  void toAll(Consumer<ClusterNode> what) {
    nodes.values().forEach(what);
  }

  /** Nothing happens to requests of any node any more. */
  void heal() {
    toAll(node -> node.api().befall(Trouble.NONE));
  }

  /** The API server. */
  ClusterApi api() {
    return api;
  }

  /** What the router's kernel says of a VIP of the plan. */
  RouteMonitor routes(String vip) {
    return Objects.requireNonNull(monitors.get(vip));
  }

  /** Who holds that Lease, as the API server says. */
  String holderOf(String lease) {
    return api.send("GET", ResourceKind.LEASE.path(api.namespace(), lease), "")
        .path("spec")
        .path("holderIdentity")
        .asText();
  }

  /** Whose routes stand, which must be one. */
  String holder() {
    Set<String> standing = standing();
    if (standing.size() != 1) {
      throw new IllegalStateException("routes of " + standing + " stand");
    }
    return standing.iterator().next();
  }

  /** Who has a route to any of the VIPs that one announces at a time. */
  Set<String> standing() {
    Set<String> all = new HashSet<>();
    plan.exclusive().forEach(vip -> all.addAll(routes(vip).nodes()));
    return all;
  }

  /** Waits until all nodes have sessions, and routes as it is planned, for a while. */
  void awaitSteady() {
    Deadline deadline = new Deadline(Duration.ofSeconds(60));
    int calm = 0;
    while (calm < 3) {
      calm = isSteady() ? calm + 1 : 0;
      deadline.check(
          () -> "routes of %s, sessions up: %d%n%s".formatted(monitors(), sessionsUp(), story()));
      Deadline.pause(Duration.ofMillis(100));
    }
  }

  private boolean isSteady() {
    Set<String> holders = standing();
    return holders.size() == 1
        && plan.exclusive().stream().allMatch(vip -> routes(vip).nodes().equals(holders))
        && plan.shared().stream().allMatch(vip -> routes(vip).nodes().equals(nodes.keySet()))
        && sessionsUp() == nodes.size();
  }

  private Map<String, Set<String>> monitors() {
    Map<String, Set<String>> all = new TreeMap<>();
    monitors.forEach((vip, monitor) -> all.put(vip, monitor.nodes()));
    return all;
  }

  private int sessionsUp() {
    JsonNode peers =
        Json.parse(frr.vtysh("show bgp ipv4 unicast summary json").succeeded()).path("peers");
    int up = 0;
    for (JsonNode peer : peers) {
      up += peer.path("state").asText().equals("Established") ? 1 : 0;
    }
    return up;
  }

  /** Notes what was done; one that is not over yet is put in its place when it is. */
  synchronized void note(Fault fault) {
    faults.removeIf(one -> one.from() == fault.from() && one.node().equals(fault.node()));
    faults.add(fault);
  }

  /** What has been seen of the VIPs that one announces at a time, and done, until now. */
  synchronized List<SafetyHistory> histories() {
    List<Tenure> tenures = tenures();
    SafetyHistory.Bounds bounds =
        new SafetyHistory.Bounds(
            SafetyLab.LATENCY.toNanos(),
            terms
                .hold()
                .plus(terms.takeover())
                .plus(ClusterTerms.PATIENCE)
                .plusSeconds(2)
                .toNanos());
    return plan.exclusive().stream()
        .map(this::routes)
        .map(
            monitor ->
                new SafetyHistory(monitor.standings(), tenures, faults, bounds, System.nanoTime()))
        .toList();
  }

  private List<Tenure> tenures() {
    return SafetyLab.tenures(
        nodes.values().stream()
            .map(ClusterNode::grants)
            .flatMap(Collection::stream)
            .sorted(Comparator.comparingLong(Grant::at))
            .toList());
  }

  /** The nodes whose routes to all VIPs that are shared have stood all the time since. */
  Set<String> sharedSince(long begin) {
    Set<String> all = new HashSet<>(nodes.keySet());
    for (String vip : plan.shared()) {
      all.retainAll(
          routes(vip).standings().stream()
              .filter(standing -> standing.from() < begin && standing.until() == Long.MAX_VALUE)
              .map(Standing::node)
              .toList());
    }
    return all;
  }

  /** What the kernel and the nodes said, for who must find out why. */
  String story() {
    StringBuilder story = new StringBuilder(standstills.toString());
    monitors.values().forEach(m -> m.lines().forEach(line -> story.append(line).append('\n')));
    faults.forEach(f -> story.append("%d..%d %s%n".formatted(f.from(), f.until(), f)));
    tenures().forEach(t -> story.append(t).append('\n'));
    nodes.forEach(
        (name, node) ->
            story.append("=== ").append(name).append('\n').append(node.node().output()));
    return story.toString();
  }

  @Override
  public String toString() {
    return "%s; lease %d ms, deadline %d ms, retry %d ms, hold time %d s%s"
        .formatted(
            api,
            terms.lease().toMillis(),
            terms.deadline().toMillis(),
            terms.retry().toMillis(),
            terms.hold().toSeconds(),
            terms.bfd() ? ", BFD" : "");
  }

  @Override
  public void close() {
    standstills.close();
    monitors.values().forEach(RouteMonitor::close);
    nodes.values().forEach(ClusterNode::close);
    frr.close();
    router.close();
    api.close();
  }
}
