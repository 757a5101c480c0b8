package dev.bugle.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** FRR: the daemons zebra and bgpd, bfdd where it is wanted, and vtysh. */
final class FrrRouter implements RealRouter {

  private static final String BGPD_LOG = "frr/events.log";
  private static final Pattern NOTIFICATION =
      Pattern.compile("%NOTIFICATION: received from neighbor \\S+ (\\d+)/(\\d+) (.*)");

  private final Machine machine;
  private final FrrDaemons frr;
  private RouterConfig config;
  private Daemon bgpd;

  FrrRouter(Machine machine) {
    this.machine = machine;
    this.frr = new FrrDaemons(machine);
  }

  @Override
  public void start(RouterConfig newConfig) {
    config = newConfig;
    frr.startZebra();
    if (config.bfd()) {
      String socket = machine.directory() + "/frr/bfdd.sock";
      frr.start("bfdd", "hostname router\n", "show bfd peers json", "--bfdctl", socket);
    }
    bgpd = frr.start("bgpd", configuration(), "show bgp summary json", "-p", "179");
  }

  private String configuration() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        hostname router
        log file %s/%s debugging
        debug bgp neighbor-events
        router bgp %d
         bgp router-id %s
         no bgp ebgp-requires-policy
         no bgp default ipv4-unicast
         bgp log-neighbor-changes
         neighbor %5$s remote-as %6$d
         neighbor %5$s port %7$d
         neighbor %5$s timers %8$d %9$d
         neighbor %5$s timers connect 1
         neighbor %5$s advertisement-interval 0
        """
            .formatted(
                machine.directory(),
                BGPD_LOG,
                config.routerAs(),
                machine.wire().routerV4(),
                config.address(),
                config.bugleAs(),
                config.port(),
                Math.max(1, config.holdTime().toSeconds() / 3),
                config.holdTime().toSeconds()));
    if (!config.connects()) {
      text.append(" neighbor ").append(config.address()).append(" passive\n");
    }
    if (config.bfd()) {
      text.append(" neighbor ").append(config.address()).append(" bfd 3 100 100\n");
    }
    for (String family : List.of("ipv4", "ipv6")) {
      text.append(
          """
           address-family %s unicast
            neighbor %s activate
           exit-address-family
          """
              .formatted(family, config.address()));
    }
    return text.toString();
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
            .collect(Collectors.toSet()));
  }

  private static OptionalLong number(JsonNode value) {
    return value.isNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
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
    return new NotificationSeen(
        Integer.parseInt(line.group(1)), Integer.parseInt(line.group(2)), line.group(3));
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
  public void resetSession() {
    vtysh("clear bgp " + config.address()).succeeded();
  }

  @Override
  public void askAgain() {
    vtysh("clear bgp ipv4 unicast " + config.address() + " soft in").succeeded();
    vtysh("clear bgp ipv6 unicast " + config.address() + " soft in").succeeded();
  }

  @Override
  public boolean asksByRouteRefresh() {
    return true;
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

  private Output vtysh(String... commands) {
    return frr.vtysh(commands);
  }
}
