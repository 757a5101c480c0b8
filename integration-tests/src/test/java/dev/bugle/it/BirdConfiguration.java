package dev.bugle.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What BIRD reads as its configuration. */
final class BirdConfiguration {

  private final Wire wire;
  private final String logFile;

  BirdConfiguration(Wire wire, String logFile) {
    this.wire = wire;
    this.logFile = logFile;
  }

  // No "import table": with one, "reload in" would read that table and never ask us.
  /** For a router that announces these routes of its own. */
  String text(RouterConfig config, List<OwnRoute> ownRoutes) {
    config.refuse("this driver of BIRD", NeighborOption.FlowSpecs.class); // they take own tables
    String address = config.isIpv6() ? wire.routerV6() : wire.routerV4();
    StringBuilder text = new StringBuilder();
    text.append(
        """
        log "%s" all;
        router id %s;
        debug protocols { states, events, packets };
        protocol device { }
        protocol direct { ipv4; ipv6; }
        protocol bfd { interface "eth0" { interval 100 ms; multiplier 3; }; }
        protocol static own4 { ipv4; %s }
        protocol static own6 { ipv6; %s }
        protocol bgp %s {
          local %s as %d;
          neighbor %s port %d %s;
          passive %s;
          hold time %d;
          %s
          connect retry time 1;
          connect delay time 1;
          error wait time 1, 2;
          ipv4 { import all; export where %s; %s };
          ipv6 { import all; export where %s; %s };
        }
        %s
        """
            .formatted(
                logFile,
                wire.routerV4(),
                statics(ownRoutes, false),
                statics(ownRoutes, true),
                BirdRouter.PROTOCOL,
                address,
                config
                    .option(NeighborOption.LocalAs.class)
                    .map(NeighborOption.LocalAs::asn)
                    .orElse(config.routerAs()),
                config.address(),
                config.port(),
                config.has(NeighborOption.AnyExternalAs.class)
                    ? "external"
                    : "as " + config.bugleAs(),
                config.connects() ? "off" : "on",
                config.holdTime().toSeconds(),
                String.join(" ", neighborLines(config)),
                exported("own4", config),
                channelOptions(config, true),
                exported("own6", config),
                channelOptions(config, false),
                feeders(config)));
    return text.toString();
  }

  // Enhanced refresh is always offered.
  private static List<String> neighborLines(RouterConfig config) {
    List<String> lines = new ArrayList<>();
    config.option(NeighborOption.Bfd.class).ifPresent(bfd -> lines.add("bfd on;"));
    config
        .option(NeighborOption.Md5.class)
        .ifPresent(md5 -> lines.add("password \"%s\";".formatted(md5.password())));
    config
        .option(NeighborOption.TtlSecurity.class)
        .ifPresent(
            security -> {
              if (security.hops() > 1) {
                lines.add("multihop %d;".formatted(security.hops()));
              }
              lines.add("ttl security on;");
            });
    config
        .option(NeighborOption.Multihop.class)
        .ifPresent(multihop -> lines.add("multihop %d;".formatted(multihop.ttl())));
    config
        .option(NeighborOption.Role.class)
        .ifPresent(
            role -> {
              lines.add("local role %s;".formatted(role.name().name().toLowerCase(Locale.ROOT)));
              lines.add("require roles %s;".formatted(role.strict() ? "on" : "off"));
            });
    config
        .option(NeighborOption.RestartHelper.class)
        .ifPresent(
            helper ->
                lines.add(
                    "graceful restart aware; graceful restart time %d;"
                        .formatted(helper.restartTime().toSeconds())));
    config
        .option(NeighborOption.Restarting.class)
        .ifPresent(
            restarting -> {
              lines.add("graceful restart on;");
              lines.add(
                  "graceful restart time %d;".formatted(restarting.restartTime().toSeconds()));
              if (!restarting.longLived().isZero()) {
                lines.add("long lived graceful restart on;");
                lines.add(
                    "long lived stale time %d;".formatted(restarting.longLived().toSeconds()));
              }
            });
    config
        .option(NeighborOption.ExtendedMessages.class)
        .ifPresent(wanted -> lines.add("enable extended messages on;"));
    config
        .option(NeighborOption.MinimumHoldTime.class)
        .ifPresent(
            minimum -> lines.add("min hold time %d;".formatted(minimum.least().toSeconds())));
    return lines;
  }

  private static String exported(String statics, RouterConfig config) {
    String own = "proto = \"" + statics + "\"";
    return config.has(NeighborOption.AddPathSend.class) ? own + " || proto ~ \"feeder*\"" : own;
  }

  private String feeders(RouterConfig config) {
    if (!config.has(NeighborOption.AddPathSend.class)) {
      return "";
    }
    return wire.feedersV4().stream()
        .map(
            feeder ->
                "protocol bgp feeder%s { local as %d; neighbor %s as %d; passive on; %s %s }"
                    .formatted(
                        feeder.replaceAll(".*\\.", ""),
                        config.routerAs(),
                        feeder,
                        NeighborOption.AddPathSend.FEEDERS_AS,
                        "ipv4 { import all; export none; };",
                        "ipv6 { import all; export none; };"))
        .collect(Collectors.joining("\n"));
  }

  private static String channelOptions(RouterConfig config, boolean ipv4) {
    String addPaths =
        config.has(NeighborOption.AddPathReceive.class)
            ? "add paths rx; "
            : config.has(NeighborOption.AddPathSend.class) ? "add paths tx; " : "";
    return ipv4 && config.has(NeighborOption.ExtendedNextHop.class)
        ? addPaths + "extended next hop on;"
        : addPaths;
  }

  private static String statics(List<OwnRoute> ownRoutes, boolean ipv6) {
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
}
