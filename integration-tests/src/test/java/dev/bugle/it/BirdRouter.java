package dev.bugle.it;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** BIRD 2: bird, and birdc, whose text is read as an operator reads it. */
final class BirdRouter implements RealRouter {

  private static final String PROTOCOL = "bugle";
  private static final Pattern STATE = Pattern.compile("BGP state:\\s+(\\S+)");
  private static final Pattern IMPORTS = Pattern.compile("Import updates:\\s+(\\d+)");
  private static final Pattern LAST_ERROR = Pattern.compile("Last error:\\s+(.*)");
  private static final Pattern NOTIFICATION =
      Pattern.compile("<\\w+> " + PROTOCOL + ": Received: (.*)");
  private static final Pattern ROUTE =
      Pattern.compile("^(\\S+/\\d+)?\\s+unicast \\[" + PROTOCOL + " .*");
  private static final Pattern ATTRIBUTE = Pattern.compile("^\\tBGP\\.(\\w+): (.*)");
  private static final Pattern TUPLE = Pattern.compile("\\(([^)]*)\\)");

  /** BIRD prints words where the wire has code and subcode. */
  private static final Map<String, int[]> ERRORS = new LinkedHashMap<>();

  static {
    ERRORS.put("Bad peer AS", new int[] {2, 2});
    ERRORS.put("Hold timer expired", new int[] {4, 0});
    ERRORS.put("Administrative shutdown", new int[] {6, 2});
    ERRORS.put("Peer de-configured", new int[] {6, 3});
    ERRORS.put("Administrative reset", new int[] {6, 4});
    ERRORS.put("Connection rejected", new int[] {6, 5});
    ERRORS.put("Connection collision resolution", new int[] {6, 7});
  }

  private final Machine machine;
  private final BirdDaemon bird;
  private final List<OwnRoute> ownRoutes = new ArrayList<>();
  private RouterConfig config;

  BirdRouter(Machine machine) {
    this.machine = machine;
    this.bird = new BirdDaemon(machine);
  }

  @Override
  public void start(RouterConfig newConfig) {
    config = newConfig;
    ownRoutes.clear();
    bird.start(configuration());
  }

  // No "import table": with one, "reload in" would read that table and never ask us.
  private String configuration() {
    String address = config.isIpv6() ? machine.wire().routerV6() : machine.wire().routerV4();
    StringBuilder text = new StringBuilder();
    text.append(
        """
        log "%s" all;
        router id %s;
        debug protocols { states, events };
        protocol device { }
        protocol direct { ipv4; ipv6; }
        protocol bfd { interface "eth0" { interval 100 ms; multiplier 3; }; }
        protocol static own4 { ipv4; %s }
        protocol static own6 { ipv6; %s }
        protocol bgp %s {
          local %s as %d;
          neighbor %s port %d as %d;
          passive %s;
          bfd %s;
          hold time %d;
          connect retry time 1;
          connect delay time 1;
          error wait time 1, 2;
          ipv4 { import all; export where proto = "own4"; };
          ipv6 { import all; export where proto = "own6"; };
        }
        """
            .formatted(
                bird.logFile(),
                machine.wire().routerV4(),
                statics(false),
                statics(true),
                PROTOCOL,
                address,
                config.routerAs(),
                config.address(),
                config.port(),
                config.bugleAs(),
                config.connects() ? "off" : "on",
                config.bfd() ? "on" : "off",
                config.holdTime().toSeconds()));
    return text.toString();
  }

  private String statics(boolean ipv6) {
    return ownRoutes.stream()
        .filter(route -> route.isIpv6() == ipv6)
        .map(
            route ->
                "route %s blackhole { %s };"
                    .formatted(
                        route.prefix(),
                        additions("bgp_community", route.communities())
                            + additions("bgp_large_community", route.largeCommunities())))
        .collect(Collectors.joining(" "));
  }

  private static String additions(String attribute, List<String> communities) {
    return communities.stream()
        .map(community -> "%s.add((%s)); ".formatted(attribute, community.replace(':', ',')))
        .collect(Collectors.joining());
  }

  @Override
  public SessionSeen session() {
    Output shown = birdc("show protocols all " + PROTOCOL);
    if (shown.exitCode() != 0) {
      return new SessionSeen(false, 0, "birdc: " + (shown.err() + shown.out()).strip());
    }
    String state = first(STATE, shown.out());
    return new SessionSeen(
        state.equals("Established"),
        IMPORTS.matcher(shown.out()).results().mapToLong(r -> Long.parseLong(r.group(1))).sum(),
        state + ", last error: " + first(LAST_ERROR, shown.out()));
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  @Override
  public List<RouteSeen> received() {
    List<RouteSeen> routes = new ArrayList<>();
    String prefix = "";
    Map<String, String> attributes = null;
    for (String line : birdc("show route all protocol " + PROTOCOL).succeeded().lines().toList()) {
      Matcher route = ROUTE.matcher(line);
      Matcher attribute = ATTRIBUTE.matcher(line);
      if (route.matches()) {
        if (attributes != null) {
          routes.add(route(prefix, attributes));
        }
        prefix = route.group(1) == null ? prefix : route.group(1);
        attributes = new LinkedHashMap<>();
      } else if (attribute.matches() && attributes != null) {
        attributes.put(attribute.group(1), attribute.group(2));
      }
    }
    if (attributes != null) {
      routes.add(route(prefix, attributes));
    }
    return routes;
  }

  private static RouteSeen route(String prefix, Map<String, String> attributes) {
    String asPath = attributes.getOrDefault("as_path", "").strip();
    return new RouteSeen(
        prefix,
        asPath.isEmpty() ? List.of() : Stream.of(asPath.split(" ")).map(Long::valueOf).toList(),
        // For IPv6 the link-local next hop may follow the global one.
        attributes.getOrDefault("next_hop", "").strip().split(" ", 2)[0],
        number(attributes.get("med")),
        number(attributes.get("local_pref")),
        tuples(attributes.get("community")),
        tuples(attributes.get("large_community")),
        tuples(attributes.get("ext_community")));
  }

  private static OptionalLong number(String text) {
    return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text.strip()));
  }

  private static Set<String> tuples(String text) {
    Set<String> communities = new HashSet<>();
    if (text != null) {
      TUPLE
          .matcher(text)
          .results()
          .forEach(t -> communities.add(t.group(1).replaceAll(",\\s*", ":")));
    }
    return communities;
  }

  @Override
  public List<NotificationSeen> notificationsReceived() {
    return NOTIFICATION.matcher(log()).results().map(line -> notification(line.group(1))).toList();
  }

  private static NotificationSeen notification(String text) {
    int[] codes =
        ERRORS.entrySet().stream()
            .filter(error -> text.startsWith(error.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(new int[] {0, 0});
    return new NotificationSeen(codes[0], codes[1], text);
  }

  @Override
  public boolean tellsWhyItWasRefused() {
    return true;
  }

  @Override
  public void originate(OwnRoute route) {
    ownRoutes.add(route);
    bird.configure(configuration());
  }

  @Override
  public void resetSession() {
    birdc("restart " + PROTOCOL).succeeded();
  }

  @Override
  public void askAgain() {
    birdc("reload in " + PROTOCOL).succeeded();
  }

  @Override
  public boolean asksByRouteRefresh() {
    return true;
  }

  @Override
  public void freeze() {
    bird.signal("STOP");
  }

  @Override
  public void thaw() {
    bird.signal("CONT");
  }

  @Override
  public void kill() {
    bird.kill();
  }

  @Override
  public void stop() {
    bird.close();
  }

  @Override
  public boolean running() {
    return bird.running();
  }

  @Override
  public String log() {
    return bird.log();
  }

  @Override
  public void close() {
    bird.close();
  }

  private Output birdc(String command) {
    return bird.birdc(command);
  }
}
