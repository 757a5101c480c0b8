package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** BIRD 2: bird, and birdc, whose text is read as an operator reads it. */
final class BirdRouter implements RealRouter {

  private static final Lack NO_RESTART_NOTIFICATION =
      new Lack(
          "BIRD 2.0 offers graceful restart without the N bit: a NOTIFICATION or the end of the"
              + " hold time drops the routes.",
          (router, config) -> ((BirdRouter) router).proveThatItDoesNotOfferTheBit());

  static final Map<Feature, Lack> LACKS =
      Map.of(
          Feature.RESTART_NOTIFICATION,
          NO_RESTART_NOTIFICATION,
          Feature.RETENTION_NOTIFICATION,
          NO_RESTART_NOTIFICATION);

  static final String PROTOCOL = "bugle";
  private static final Pattern STATE = Pattern.compile("BGP state:\\s+(\\S+)");
  private static final Pattern IMPORTS = Pattern.compile("Import updates:\\s+(\\d+)");
  private static final Pattern LAST_ERROR = Pattern.compile("Last error:\\s+(.*)");
  private static final Pattern NOTIFICATION =
      Pattern.compile("<\\w+> " + PROTOCOL + ": Received: (.*)");
  private static final Pattern REFRESH_MARKER = Pattern.compile("Got (BEGIN|END)-OF-RR");

  /** Unreachable is what has a next hop that BIRD has no route to: it knows its own wires only. */
  private static final Pattern ROUTE =
      Pattern.compile("^(\\S+/\\d+)?\\s+(?:unicast|unreachable) \\[" + PROTOCOL + " .*");

  private static final Pattern ATTRIBUTE = Pattern.compile("^\\tBGP\\.(\\w+): (.*)");
  private static final Pattern TUPLE = Pattern.compile("\\(([^)]*)\\)");

  private static final Map<String, CapabilitySeen> CAPABILITIES =
      Map.of(
          "Route refresh", CapabilitySeen.ROUTE_REFRESH,
          "Enhanced refresh", CapabilitySeen.ENHANCED_REFRESH,
          "4-octet AS numbers", CapabilitySeen.FOUR_OCTET_AS,
          "Extended message", CapabilitySeen.EXTENDED_MESSAGE,
          "Extended next hop", CapabilitySeen.EXTENDED_NEXT_HOP,
          "ADD-PATH", CapabilitySeen.ADD_PATH,
          "Role:", CapabilitySeen.ROLE,
          "Graceful restart", CapabilitySeen.GRACEFUL_RESTART);

  /** BIRD prints words where the wire has code and subcode. */
  private static final Map<String, int[]> ERRORS = new LinkedHashMap<>();

  static {
    ERRORS.put("Role mismatch", new int[] {2, 11});
    ERRORS.put("Bad peer AS", new int[] {2, 2});
    ERRORS.put("Hold timer expired", new int[] {4, 0});
    ERRORS.put("Maximum number of prefixes reached", new int[] {6, 1});
    ERRORS.put("Administrative shutdown", new int[] {6, 2});
    ERRORS.put("Peer de-configured", new int[] {6, 3});
    ERRORS.put("Administrative reset", new int[] {6, 4});
    ERRORS.put("Connection rejected", new int[] {6, 5});
    ERRORS.put("Connection collision resolution", new int[] {6, 7});
  }

  private final Machine machine;
  private final BirdDaemon bird;
  private final BirdConfiguration configuration;
  private final List<OwnRoute> ownRoutes = new ArrayList<>();
  private RouterConfig config;

  BirdRouter(Machine machine) {
    this.machine = machine;
    this.bird = new BirdDaemon(machine);
    this.configuration = new BirdConfiguration(machine.wire(), bird.logFile());
  }

  @Override
  public void start(RouterConfig newConfig) {
    config = newConfig;
    ownRoutes.clear();
    bird.start(configuration.text(newConfig, ownRoutes));
  }

  @Override
  public void restart(RouterConfig newConfig) {
    config = newConfig;
    ownRoutes.clear();
    boolean forwarded = config.option(NeighborOption.Restarting.class).orElseThrow().forwarded();
    // It says that it forwarded packets when it was told that it recovers (-R), and only then.
    bird.start(
        configuration.text(config, ownRoutes), forwarded ? new String[] {"-R"} : new String[0]);
  }

  @Override
  public Output check(RouterConfig checked, UnaryOperator<String> change) {
    return bird.check(change.apply(configuration.text(checked, List.of())));
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
  public CapabilitiesSeen capabilities() {
    String shown = birdc("show protocols all " + PROTOCOL).succeeded();
    int neighbors = shown.indexOf("Neighbor capabilities");
    int end = shown.indexOf("Session:", neighbors);
    return new CapabilitiesSeen(
        named(shown.substring(shown.indexOf("Local capabilities"), neighbors)),
        named(shown.substring(neighbors, end)));
  }

  private static Set<CapabilitySeen> named(String text) {
    Set<CapabilitySeen> named = EnumSet.noneOf(CapabilitySeen.class);
    CAPABILITIES.forEach(
        (name, capability) -> {
          if (text.contains("\n      " + name)) {
            named.add(capability);
          }
        });
    return named;
  }

  @Override
  public List<RouteSeen> received() {
    boolean stale =
        birdc("show protocols all " + PROTOCOL)
            .succeeded()
            .contains("Neighbor graceful restart active");
    List<RouteSeen> routes = new ArrayList<>();
    String prefix = "";
    Map<String, String> attributes = null;
    for (String line : birdc("show route all protocol " + PROTOCOL).succeeded().lines().toList()) {
      Matcher route = ROUTE.matcher(line);
      Matcher attribute = ATTRIBUTE.matcher(line);
      if (route.matches()) {
        if (attributes != null) {
          routes.add(route(prefix, attributes, stale));
        }
        prefix = route.group(1) == null ? prefix : route.group(1);
        attributes = new LinkedHashMap<>();
      } else if (attribute.matches() && attributes != null) {
        attributes.put(attribute.group(1), attribute.group(2));
      }
    }
    if (attributes != null) {
      routes.add(route(prefix, attributes, stale));
    }
    return routes;
  }

  private static RouteSeen route(String prefix, Map<String, String> attributes, boolean stale) {
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
        tuples(attributes.get("ext_community")),
        stale,
        OptionalLong.empty(),
        number(attributes.get("otc")));
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
    bird.configure(configuration.text(config, ownRoutes));
  }

  @Override
  public void withdraw(OwnRoute route) {
    ownRoutes.remove(route);
    bird.configure(configuration.text(config, ownRoutes));
  }

  @Override
  public void resetSession() {
    birdc("restart " + PROTOCOL).succeeded();
  }

  @Override
  public void shutDown(String text) {
    birdc("disable %s \"%s\"".formatted(PROTOCOL, text)).succeeded();
  }

  @Override
  public void rekey(String password) {
    config = config.with(new NeighborOption.Md5(password));
    bird.configure(configuration.text(config, ownRoutes));
  }

  @Override
  public void askAgain() {
    birdc("reload in " + PROTOCOL).succeeded();
  }

  // BIRD prints nothing of the bit, so it is read off the wire.
  private void proveThatItDoesNotOfferTheBit() {
    RequiredPeers.demand(WireTap.missing());
    String fromRouter = "bgp.type == 1 && ip.src == " + machine.wire().routerV4();
    try (WireTap tap =
        WireTap.watch(machine.wire(), "tcp", fromRouter, List.of("bgp.cap.gr.timers"))) {
      resetSession();
      String timers =
          Eventually.see(
                  "tshark reads BIRD's OPEN",
                  Deadlines.SESSION,
                  tap::rows,
                  rows -> rows.stream().anyMatch(row -> !row.get(0).isEmpty()))
              .get(0)
              .get(0);
      // Four bits, R and N first, and twelve of the restart time (RFC 8538 §2).
      assertThat(Integer.decode(timers) & 0x4000).as("the N bit in %s", timers).isZero();
    }
  }

  @Override
  public List<String> refreshMarkers() {
    return REFRESH_MARKER
        .matcher(log())
        .results()
        .map(line -> line.group(1).equals("BEGIN") ? "begin" : "end")
        .toList();
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
