package dev.bugle.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** FRR: the daemons zebra and bgpd, bfdd where it is wanted, and vtysh. */
final class FrrRouter implements RealRouter {

  static final Map<Feature, Lack> LACKS = Map.of();

  private static final Map<String, CapabilitySeen> CAPABILITIES =
      Map.of(
          "routeRefresh", CapabilitySeen.ROUTE_REFRESH,
          "enhancedRouteRefresh", CapabilitySeen.ENHANCED_REFRESH,
          "4byteAs", CapabilitySeen.FOUR_OCTET_AS,
          "extendedMessage", CapabilitySeen.EXTENDED_MESSAGE,
          "extendedNexthop", CapabilitySeen.EXTENDED_NEXT_HOP,
          "addPath", CapabilitySeen.ADD_PATH,
          "role", CapabilitySeen.ROLE,
          "gracefulRestart", CapabilitySeen.GRACEFUL_RESTART);

  static final String BGPD_LOG = "frr/events.log";
  private static final Pattern NOTIFICATION =
      Pattern.compile(
          "%NOTIFICATION(\\(Hard Reset\\))?: received from neighbor \\S+ (\\d+)/(\\d+) (.*)");

  private static final Pattern REFRESH_MARKER =
      Pattern.compile(
          "rcvd route-refresh \\((BoRR|EoRR)\\) for \\S+, (triggering timer|stopping BoRR)");

  private final Machine machine;
  private final FrrDaemons frr;
  private final FrrConfiguration configuration;
  private RouterConfig config;
  private Daemon bgpd;

  FrrRouter(Machine machine) {
    this.machine = machine;
    this.frr = new FrrDaemons(machine);
    this.configuration = new FrrConfiguration(machine);
  }

  @Override
  public void start(RouterConfig newConfig) {
    config = newConfig;
    frr.startZebra();
    if (config.has(NeighborOption.Bfd.class)) {
      String socket = machine.directory() + "/frr/bfdd.sock";
      frr.start("bfdd", "hostname router\n", "show bfd peers json", "--bfdctl", socket);
    }
    startBgpd();
  }

  @Override
  public void restart(RouterConfig newConfig) {
    config = newConfig;
    startBgpd();
  }

  private void startBgpd() {
    bgpd = frr.start("bgpd", configuration.text(config), "show bgp summary json", "-p", "179");
  }

  @Override
  public Output check(RouterConfig checked, UnaryOperator<String> change) {
    return frr.check("bgpd-checked.conf", change.apply(configuration.text(checked)));
  }

  @Override
  public SessionSeen session() {
    Output shown = vtysh("show bgp neighbors " + config.address() + " json");
    if (shown.exitCode() != 0) {
      return new SessionSeen(false, 0, "vtysh: " + shown.err().strip());
    }
    JsonNode neighbor = Json.parse(shown.out()).path(config.address());
    String state = neighbor.path("bgpState").asText();
    return new SessionSeen(
        state.equals("Established"),
        neighbor.path("messageStats").path("updatesRecv").asLong(),
        "%s, last reset: %s %s"
            .formatted(
                state,
                neighbor.path("lastResetDueTo").asText(),
                neighbor.path("lastNotificationReason").asText()));
  }

  @Override
  public CapabilitiesSeen capabilities() {
    String shown = vtysh("show bgp neighbors " + config.address() + " json").succeeded();
    JsonNode neighbor = Json.parse(shown).path(config.address());
    JsonNode offers = neighbor.path("neighborCapabilities");
    Set<CapabilitySeen> ofRouter = EnumSet.noneOf(CapabilitySeen.class);
    Set<CapabilitySeen> ofBugle = EnumSet.noneOf(CapabilitySeen.class);
    CAPABILITIES.forEach(
        (name, capability) -> {
          // Several of them are objects, with what was offered inside, by family.
          String told = offers.path(name).toString().toLowerCase(Locale.ROOT);
          if (told.contains("advertised")) {
            ofRouter.add(capability);
          }
          if (told.contains("received")) {
            ofBugle.add(capability);
          }
        });
    if (neighbor.path("gracefulRestartInfo").path("nBit").asBoolean()) {
      ofBugle.add(CapabilitySeen.RESTART_NOTIFICATION);
    }
    return new CapabilitiesSeen(ofRouter, ofBugle);
  }

  @Override
  public List<RouteSeen> received() {
    List<RouteSeen> routes = new ArrayList<>();
    for (String family : List.of("ipv4", "ipv6")) {
      String table = vtysh("show bgp " + family + " unicast json detail").succeeded();
      for (JsonNode entries : Json.parse(table).path("routes")) {
        // The first entry names the prefix, each other one is a path to it.
        String prefix = entries.path(0).path("prefix").asText();
        for (JsonNode path : entries) {
          if (path.path("peer").path("peerId").asText().equals(config.address())) {
            routes.add(route(prefix, path));
          }
        }
      }
    }
    return routes;
  }

  private static RouteSeen route(String prefix, JsonNode path) {
    List<Long> asPath = new ArrayList<>();
    for (JsonNode segment : path.path("aspath").path("segments")) {
      segment.path("list").forEach(as -> asPath.add(as.asLong()));
    }
    return new RouteSeen(
        prefix,
        asPath,
        path.path("nexthops").path(0).path("ip").asText(),
        number(path.path("metric")),
        number(path.path("locPrf")),
        WellKnown.numbers(words(path.path("community"))),
        words(path.path("largeCommunity")).collect(Collectors.toSet()),
        words(path.path("extendedCommunity"))
            .map(community -> community.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()),
        path.path("stale").asBoolean(),
        positive(path.path("addpathRxId")),
        number(path.path("otc")));
  }

  private static OptionalLong number(JsonNode value) {
    return value.isNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
  }

  /** FRR prints 0 for a path that came without an identifier. */
  private static OptionalLong positive(JsonNode value) {
    return value.asLong() == 0 ? OptionalLong.empty() : number(value);
  }

  private static Stream<String> words(JsonNode attribute) {
    String text = attribute.path("string").asText();
    return text.isBlank() ? Stream.empty() : Stream.of(text.strip().split("\\s+"));
  }

  @Override
  public List<NotificationSeen> notificationsReceived() {
    return NOTIFICATION.matcher(log()).results().map(FrrRouter::notification).toList();
  }

  private static NotificationSeen notification(MatchResult line) {
    return line.group(1) == null
        ? new NotificationSeen(
            Integer.parseInt(line.group(2)), Integer.parseInt(line.group(3)), line.group(4))
        // It prints what is inside (RFC 8538 §3.1).
        : new NotificationSeen(6, 9, line.group(2) + "/" + line.group(3) + " " + line.group(4));
  }

  @Override
  public boolean tellsWhyItWasRefused() {
    return true;
  }

  @Override
  public void originate(OwnRoute route) {
    String map = "OWN-" + Integer.toHexString(route.hashCode());
    List<String> lines =
        new ArrayList<>(List.of("configure terminal", "route-map " + map + " permit 10"));
    if (!route.communities().isEmpty()) {
      lines.add("set community " + String.join(" ", route.communities()));
    }
    if (!route.largeCommunities().isEmpty()) {
      lines.add("set large-community " + String.join(" ", route.largeCommunities()));
    }
    lines.add("exit");
    // "network" wants the prefix in the routing table, unless this check is off.
    lines.add("router bgp " + config.routerAs());
    lines.add("no bgp network import-check");
    lines.add("address-family " + (route.isIpv6() ? "ipv6" : "ipv4") + " unicast");
    lines.add("network " + route.prefix() + " route-map " + map);
    vtysh(lines.toArray(String[]::new)).succeeded();
  }

  @Override
  public void withdraw(OwnRoute route) {
    vtysh(
            "configure terminal",
            "router bgp " + config.routerAs(),
            "address-family " + (route.isIpv6() ? "ipv6" : "ipv4") + " unicast",
            "no network " + route.prefix())
        .succeeded();
  }

  @Override
  public void resetSession() {
    vtysh("clear bgp " + config.address()).succeeded();
  }

  @Override
  public void shutDown(String text) {
    vtysh(
            "configure terminal",
            "router bgp " + config.routerAs(),
            "neighbor " + config.address() + " shutdown message " + text)
        .succeeded();
  }

  @Override
  public void rekey(String password) {
    vtysh(
            "configure terminal",
            "router bgp " + config.routerAs(),
            "neighbor " + config.address() + " password " + password)
        .succeeded();
  }

  @Override
  public void askAgain() {
    vtysh("clear bgp ipv4 unicast " + config.address() + " soft in").succeeded();
    vtysh("clear bgp ipv6 unicast " + config.address() + " soft in").succeeded();
  }

  @Override
  public List<String> refreshMarkers() {
    return REFRESH_MARKER
        .matcher(log())
        .results()
        .map(line -> line.group(1).equals("BoRR") ? "begin" : "end")
        .toList();
  }

  @Override
  public void freeze() {
    bgpd.signal("STOP");
  }

  @Override
  public void thaw() {
    bgpd.signal("CONT");
  }

  @Override
  public void kill() {
    bgpd.kill();
  }

  @Override
  public void stop() {
    bgpd.stop();
  }

  @Override
  public boolean running() {
    return bgpd != null && bgpd.alive();
  }

  @Override
  public String log() {
    return machine.read(BGPD_LOG) + machine.read("bgpd.log");
  }

  @Override
  public void close() {
    frr.close();
  }

  Output vtysh(String... commands) {
    return frr.vtysh(commands);
  }
}
