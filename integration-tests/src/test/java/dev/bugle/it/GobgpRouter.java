package dev.bugle.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** GoBGP: gobgpd, and gobgp over its gRPC port on the machine's loopback. */
final class GobgpRouter implements RealRouter {

  private static final int ESTABLISHED = 6;
  private static final List<String> STATES =
      List.of("unknown", "Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Established");

  private final Machine machine;
  private RouterConfig config;
  private Daemon daemon;

  GobgpRouter(Machine machine) {
    this.machine = machine;
  }

  @Override
  public void start(RouterConfig newConfig) {
    config = newConfig;
    String file = machine.write("gobgpd.toml", configuration());
    machine.run("rm", "-f", machine.directory() + "/gobgpd.log").succeeded();
    daemon =
        Daemon.start(
            machine,
            "gobgpd",
            List.of("gobgpd", "-f", file, "--pprof-disable", "--api-hosts", "127.0.0.1:50051"));
    Eventually.see(
        "gobgpd is ready",
        Deadlines.START,
        () -> gobgp("neighbor", config.address()).exitCode() == 0 ? "ready" : "log: " + log(),
        "ready"::equals);
  }

  // GoBGP waits at least five seconds between two attempts, whatever "connect-retry" says.
  private String configuration() {
    return """
    [global.config]
      as = %d
      router-id = "%s"
      port = 179
    [[neighbors]]
      [neighbors.config]
        neighbor-address = "%s"
        peer-as = %d
      [neighbors.timers.config]
        hold-time = %d
        keepalive-interval = %d
        connect-retry = 1
      [neighbors.transport.config]
        local-address = "%s"
        passive-mode = %s
        remote-port = %d
      [[neighbors.afi-safis]]
        [neighbors.afi-safis.config]
          afi-safi-name = "ipv4-unicast"
      [[neighbors.afi-safis]]
        [neighbors.afi-safis.config]
          afi-safi-name = "ipv6-unicast"
    """
        .formatted(
            config.routerAs(),
            machine.wire().routerV4(),
            config.address(),
            config.bugleAs(),
            config.holdTime().toSeconds(),
            Math.max(1, config.holdTime().toSeconds() / 3),
            config.isIpv6() ? machine.wire().routerV6() : machine.wire().routerV4(),
            !config.connects(),
            config.port());
  }

  @Override
  public SessionSeen session() {
    Output shown = gobgp("-j", "neighbor", config.address());
    if (shown.exitCode() != 0) {
      return new SessionSeen(false, 0, "gobgp: " + (shown.err() + shown.out()).strip());
    }
    JsonNode neighbor = Json.parse(shown.out()).path("state");
    int state = neighbor.path("session_state").asInt();
    long updates = neighbor.path("messages").path("received").path("update").asLong();
    return new SessionSeen(state == ESTABLISHED, updates, STATES.get(state));
  }

  @Override
  public List<RouteSeen> received() {
    List<RouteSeen> routes = new ArrayList<>();
    for (String family : List.of("ipv4", "ipv6")) {
      Output table = gobgp("-j", "neighbor", config.address(), "adj-in", "-a", family);
      if ((table.out() + table.err()).contains("session is not established")) {
        continue;
      }
      for (Map.Entry<String, JsonNode> entry : Json.parse(table.succeeded()).properties()) {
        entry.getValue().forEach(path -> routes.add(route(entry.getKey(), path)));
      }
    }
    return routes;
  }

  private static RouteSeen route(String prefix, JsonNode path) {
    List<Long> asPath = new ArrayList<>();
    String nextHop = "";
    OptionalLong med = OptionalLong.empty();
    OptionalLong localPref = OptionalLong.empty();
    Set<String> communities = new HashSet<>();
    Set<String> large = new HashSet<>();
    Set<String> extended = new HashSet<>();
    for (JsonNode attribute : path.path("attrs")) {
      switch (attribute.path("type").asInt()) {
        case 2 ->
            attribute
                .path("as_paths")
                .forEach(segment -> segment.path("asns").forEach(as -> asPath.add(as.asLong())));
        case 3, 14 -> nextHop = attribute.path("nexthop").asText();
        case 4 -> med = OptionalLong.of(attribute.path("metric").asLong());
        case 5 -> localPref = OptionalLong.of(attribute.path("value").asLong());
        case 8 ->
            attribute
                .path("communities")
                .forEach(value -> communities.add(WellKnown.number(value.asLong())));
        case 16 -> attribute.path("value").forEach(value -> extended.add(extended(value)));
        case 32 ->
            attribute
                .path("value")
                .forEach(
                    value ->
                        large.add(
                            "%d:%d:%d"
                                .formatted(
                                    value.path("ASN").asLong(),
                                    value.path("LocalData1").asLong(),
                                    value.path("LocalData2").asLong())));
        default -> {
          // ORIGIN and whatever else the tests do not look at.
        }
      }
    }
    return new RouteSeen(prefix, asPath, nextHop, med, localPref, communities, large, extended);
  }

  private static String extended(JsonNode community) {
    boolean isRouteTarget = community.path("subtype").asInt() == 2;
    return isRouteTarget ? "rt:" + community.path("value").asText() : community.toString();
  }

  @Override
  public List<NotificationSeen> notificationsReceived() {
    return log()
        .lines()
        .filter(line -> line.contains("\"received notification\""))
        .map(Json::parse)
        .map(
            line ->
                new NotificationSeen(
                    line.path("Code").asInt(), line.path("Subcode").asInt(), line.toString()))
        .toList();
  }

  // It counts them, but does not say which they were.
  @Override
  public boolean tellsWhyItWasRefused() {
    return false;
  }

  @Override
  public void originate(OwnRoute route) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "global", "rib", "add", "-a", route.isIpv6() ? "ipv6" : "ipv4", route.prefix()));
    if (!route.communities().isEmpty()) {
      command.addAll(List.of("community", String.join(",", route.communities())));
    }
    if (!route.largeCommunities().isEmpty()) {
      command.addAll(List.of("large-community", String.join(",", route.largeCommunities())));
    }
    // A route without one is sent with the session's own address, which may be of the other family.
    command.addAll(
        List.of("nexthop", route.isIpv6() ? machine.wire().routerV6() : machine.wire().routerV4()));
    gobgp(command.toArray(String[]::new)).succeeded();
  }

  // "reset" would keep GoBGP idle for 30 seconds, and its configuration cannot change that.
  @Override
  public void resetSession() {
    gobgp("neighbor", config.address(), "disable").succeeded();
    Eventually.see(
        "GoBGP has ended the session", Deadlines.ROUTE, this::session, seen -> !seen.established());
    gobgp("neighbor", config.address(), "enable").succeeded();
  }

  @Override
  public void askAgain() {
    gobgp("neighbor", config.address(), "softresetin").succeeded();
  }

  // GoBGP keeps what it received and reads that again; it never asks its neighbour.
  @Override
  public boolean asksByRouteRefresh() {
    return false;
  }

  @Override
  public void freeze() {
    daemon.signal("STOP");
  }

  @Override
  public void thaw() {
    daemon.signal("CONT");
  }

  @Override
  public void kill() {
    daemon.kill();
  }

  @Override
  public void stop() {
    daemon.stop();
  }

  @Override
  public boolean running() {
    return daemon != null && daemon.alive();
  }

  @Override
  public String log() {
    return machine.read("gobgpd.log");
  }

  @Override
  public void close() {
    if (daemon != null) {
      daemon.stop();
    }
  }

  private Output gobgp(String... arguments) {
    List<String> line = new ArrayList<>(List.of("gobgp"));
    line.addAll(List.of(arguments));
    return machine.run(line);
  }
}
