package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** GoBGP: gobgpd, and gobgp over its gRPC port on the machine's loopback. */
final class GobgpRouter implements RealRouter {

  private static final int ESTABLISHED = 6;
  private static final List<String> STATES =
      List.of("unknown", "Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Established");

  private static final String NEIGHBOR = "[neighbors.config]";

  private static final Lack NO_ROLES =
      Lack.notOffered("GoBGP 3 has no roles and does not know the attribute.", CapabilitySeen.ROLE);

  static final Map<Feature, Lack> LACKS =
      Map.of(
          Feature.BFD,
          Lack.refused(
              "GoBGP has no BFD.",
              text -> text.replace(NEIGHBOR, "[neighbors.bfd.config]\nenabled = true\n" + NEIGHBOR),
              "invalid keys: bfd"),
          Feature.ROUTE_REFRESH,
          new Lack(
              "GoBGP answers a ROUTE-REFRESH and never sends one: `softresetin` reads what it has"
                  + " kept.",
              (router, config) -> ((GobgpRouter) router).proveThatItNeverAsks()),
          Feature.MINIMUM_HOLD_TIME,
          Lack.refused(
              "GoBGP takes any hold time that the RFC allows.",
              text -> text.replace("hold-time =", "minimum-hold-time = 3\nhold-time ="),
              "invalid keys: minimum-hold-time"),
          Feature.ANY_EXTERNAL_AS,
          Lack.refused(
              "GoBGP wants the number of its neighbour's AS.",
              text -> text.replaceFirst("peer-as = \\d+", "peer-as = \"external\""),
              "cannot parse 'neighbors[0].config.peer-as'"),
          Feature.EXTENDED_MESSAGES,
          Lack.notOffered(
              "GoBGP 3 knows messages of up to 4096 octets.", CapabilitySeen.EXTENDED_MESSAGE),
          Feature.ENHANCED_REFRESH,
          Lack.notOffered(
              "GoBGP never asks for a refresh, and does not offer to understand the markers.",
              CapabilitySeen.ENHANCED_REFRESH),
          Feature.ROLES,
          NO_ROLES,
          Feature.ONLY_TO_CUSTOMER,
          NO_ROLES);

  /** As {@code gobgp neighbor} prints them. */
  private static final Map<String, CapabilitySeen> CAPABILITIES =
      Map.of(
          "route-refresh", CapabilitySeen.ROUTE_REFRESH,
          "enhanced-route-refresh", CapabilitySeen.ENHANCED_REFRESH,
          "4-octet-as", CapabilitySeen.FOUR_OCTET_AS,
          "UnknownCapability(6)", CapabilitySeen.EXTENDED_MESSAGE,
          "extended-nexthop", CapabilitySeen.EXTENDED_NEXT_HOP,
          "add-path", CapabilitySeen.ADD_PATH,
          "UnknownCapability(9)", CapabilitySeen.ROLE,
          "graceful-restart", CapabilitySeen.GRACEFUL_RESTART);

  private static final Pattern CAPABILITY =
      Pattern.compile("(?m)^    (\\S+):\t((?:advertised)?(?: and )?(?:received)?)$");

  private final Machine machine;
  private final GobgpConfiguration configuration;
  private RouterConfig config;
  private Daemon daemon;

  GobgpRouter(Machine machine) {
    this.machine = machine;
    this.configuration = new GobgpConfiguration(machine.wire());
  }

  @Override
  public void start(RouterConfig newConfig) {
    start(newConfig, List.of());
  }

  @Override
  public void restart(RouterConfig newConfig) {
    boolean forwarded = newConfig.option(NeighborOption.Restarting.class).orElseThrow().forwarded();
    // It says that it forwarded packets when it was told that it restarts (-r), and only then.
    start(newConfig, forwarded ? List.of("-r") : List.of());
  }

  private void start(RouterConfig newConfig, List<String> options) {
    config = newConfig;
    String file = machine.write("gobgpd.toml", configuration.text(newConfig));
    machine.run("rm", "-f", machine.directory() + "/gobgpd.log").succeeded();
    List<String> command =
        new ArrayList<>(
            List.of("gobgpd", "-f", file, "--pprof-disable", "--api-hosts", "127.0.0.1:50051"));
    command.addAll(options);
    daemon = Daemon.start(machine, "gobgpd", command);
    Eventually.see(
        "gobgpd is ready",
        Deadlines.START,
        () -> gobgp("neighbor", config.address()).exitCode() == 0 ? "ready" : "log: " + log(),
        "ready"::equals);
  }

  @Override
  public Output check(RouterConfig checked, UnaryOperator<String> change) {
    String file = machine.write("checked.toml", change.apply(configuration.text(checked)));
    return machine.run("gobgpd", "-d", "-f", file);
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
  public CapabilitiesSeen capabilities() {
    String shown = gobgp("neighbor", config.address()).succeeded();
    Set<CapabilitySeen> ofRouter = EnumSet.noneOf(CapabilitySeen.class);
    Set<CapabilitySeen> ofBugle = EnumSet.noneOf(CapabilitySeen.class);
    for (MatchResult line : CAPABILITY.matcher(shown).results().toList()) {
      CapabilitySeen capability = CAPABILITIES.get(line.group(1));
      if (capability != null && line.group(2).contains("advertised")) {
        ofRouter.add(capability);
      }
      if (capability != null && line.group(2).contains("received")) {
        ofBugle.add(capability);
      }
    }
    if (shown.contains("Local: restart time") && shown.contains("sec, notification flag set")) {
      ofRouter.add(CapabilitySeen.RESTART_NOTIFICATION);
    }
    if (Pattern.compile("Remote:.* notification flag set").matcher(shown).find()) {
      ofBugle.add(CapabilitySeen.RESTART_NOTIFICATION);
    }
    return new CapabilitiesSeen(ofRouter, ofBugle);
  }

  @Override
  public List<RouteSeen> received() {
    List<RouteSeen> routes = new ArrayList<>();
    for (String family : List.of("ipv4", "ipv6")) {
      Output table = gobgp("-j", "neighbor", config.address(), "adj-in", "-a", family);
      if ((table.out() + table.err()).contains("session is not established")) {
        // What it keeps from a session that is over is shown in its table only.
        table = gobgp("-j", "global", "rib", "-a", family);
      }
      for (Map.Entry<String, JsonNode> entry : Json.parse(table.succeeded()).properties()) {
        for (JsonNode path : entry.getValue()) {
          if (path.path("neighbor-ip").asText().equals(config.address())) {
            routes.add(route(entry.getKey(), path));
          }
        }
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
    long id = path.path("nlri").path("id").asLong();
    return new RouteSeen(
        prefix,
        asPath,
        nextHop,
        med,
        localPref,
        communities,
        large,
        extended,
        path.path("stale").asBoolean(),
        id == 0 ? OptionalLong.empty() : OptionalLong.of(id),
        OptionalLong.empty());
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

  @Override
  public void withdraw(OwnRoute route) {
    gobgp("global", "rib", "del", "-a", route.isIpv6() ? "ipv6" : "ipv4", route.prefix())
        .succeeded();
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
  public void shutDown(String text) {
    gobgp("neighbor", config.address(), "shutdown", "--reason", text).succeeded();
  }

  @Override
  public void rekey(String password) {
    config = config.with(new NeighborOption.Md5(password));
    machine.write("gobgpd.toml", configuration.text(config));
    daemon.signal("HUP");
  }

  @Override
  public void askAgain() {
    gobgp("neighbor", config.address(), "softresetin").succeeded();
  }

  private void proveThatItNeverAsks() {
    askAgain();
    JsonNode neighbor = Json.parse(gobgp("-j", "neighbor", config.address()).succeeded());
    JsonNode sent = neighbor.path("state").path("messages").path("sent");
    assertThat(sent.path("open").asLong()).as("its count of messages: %s", sent).isPositive();
    assertThat(sent.path("refresh").asLong()).as("ROUTE-REFRESH messages in %s", sent).isZero();
  }

  /** It does not offer to understand them. */
  @Override
  public List<String> refreshMarkers() {
    return List.of();
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

  Output gobgp(String... arguments) {
    List<String> line = new ArrayList<>(List.of("gobgp"));
    line.addAll(List.of(arguments));
    return machine.run(line);
  }
}
