package dev.bugle.it;

import static dev.bugle.it.NeighborOption.AddPathSend.FEEDERS_AS;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What FRR's bgpd reads as its configuration. */
final class FrrConfiguration {

  private final Machine machine;

  FrrConfiguration(Machine machine) {
    this.machine = machine;
  }

  // Extended messages, enhanced refresh and the reception of several paths are always offered.
  String text(RouterConfig config) {
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
         neighbor %5$s remote-as %6$s
         neighbor %5$s port %7$d
         neighbor %5$s timers %8$d %9$d
         neighbor %5$s timers connect 1
         neighbor %5$s advertisement-interval 0
        """
            .formatted(
                machine.directory(),
                FrrRouter.BGPD_LOG,
                config.routerAs(),
                machine.wire().routerV4(),
                config.address(),
                config.has(NeighborOption.AnyExternalAs.class) ? "external" : config.bugleAs(),
                config.port(),
                Math.max(1, config.holdTime().toSeconds() / 3),
                config.holdTime().toSeconds()));
    neighborLines(config)
        .forEach(line -> text.append(" neighbor %s %s\n".formatted(config.address(), line)));
    globalLines(config).forEach(line -> text.append(" bgp ").append(line).append('\n'));
    List<String> feeders =
        config.has(NeighborOption.AddPathSend.class) ? machine.wire().feedersV4() : List.of();
    for (String feeder : feeders) {
      text.append(" neighbor %s remote-as %d\n".formatted(feeder, FEEDERS_AS));
      text.append(" neighbor %s passive\n".formatted(feeder));
    }
    for (String family : List.of("ipv4", "ipv6")) {
      text.append(
          """
           address-family %s %s
            neighbor %s activate
          """
              .formatted(
                  family,
                  config.has(NeighborOption.FlowSpecs.class) ? "flowspec" : "unicast",
                  config.address()));
      feeders.forEach(feeder -> text.append("  neighbor %s activate\n".formatted(feeder)));
      if (!feeders.isEmpty()) {
        text.append("  neighbor %s addpath-tx-all-paths\n".formatted(config.address()));
      }
      text.append(" exit-address-family\n");
    }
    return text.toString();
  }

  private static List<String> neighborLines(RouterConfig config) {
    List<String> lines = new ArrayList<>();
    if (!config.connects()) {
      lines.add("passive");
    }
    config.option(NeighborOption.Bfd.class).ifPresent(bfd -> lines.add("bfd 3 100 100"));
    config
        .option(NeighborOption.Md5.class)
        .ifPresent(md5 -> lines.add("password " + md5.password()));
    config
        .option(NeighborOption.TtlSecurity.class)
        .ifPresent(security -> lines.add("ttl-security hops " + security.hops()));
    config
        .option(NeighborOption.Multihop.class)
        .ifPresent(multihop -> lines.add("ebgp-multihop " + multihop.ttl()));
    config
        .option(NeighborOption.Role.class)
        .ifPresent(
            role ->
                lines.add(
                    "local-role "
                        + role.name().name().toLowerCase(Locale.ROOT).replace('_', '-')
                        + (role.strict() ? " strict-mode" : "")));
    config
        .option(NeighborOption.RestartHelper.class)
        .ifPresent(helper -> lines.add("graceful-restart-helper"));
    config
        .option(NeighborOption.LocalAs.class)
        .ifPresent(as -> lines.add("local-as %d no-prepend replace-as".formatted(as.asn())));
    config
        .option(NeighborOption.ExtendedNextHop.class)
        .ifPresent(wanted -> lines.add("capability extended-nexthop"));
    return lines;
  }

  private static List<String> globalLines(RouterConfig config) {
    List<String> lines = new ArrayList<>();
    config
        .option(NeighborOption.RestartHelper.class)
        .ifPresent(
            helper -> {
              lines.add("graceful-restart restart-time " + helper.restartTime().toSeconds());
              if (helper.notification()) {
                lines.add("graceful-restart notification");
              }
            });
    config
        .option(NeighborOption.Restarting.class)
        .ifPresent(
            restarting -> {
              lines.add("graceful-restart");
              lines.add("graceful-restart restart-time " + restarting.restartTime().toSeconds());
              if (restarting.notification()) {
                lines.add("graceful-restart notification");
              }
              if (restarting.forwarded()) {
                lines.add("graceful-restart preserve-fw-state");
              }
              if (!restarting.longLived().isZero()) {
                lines.add(
                    "long-lived-graceful-restart stale-time " + restarting.longLived().toSeconds());
              }
            });
    config
        .option(NeighborOption.MinimumHoldTime.class)
        .ifPresent(minimum -> lines.add("minimum-holdtime " + minimum.least().toSeconds()));
    return lines;
  }
}
