package dev.bugle.it;

import java.util.stream.Collectors;

/** What GoBGP reads as its configuration. */
final class GobgpConfiguration {

  private final Wire wire;

  GobgpConfiguration(Wire wire) {
    this.wire = wire;
  }

  // GoBGP waits at least five seconds between two attempts, whatever "connect-retry" says.
  String text(RouterConfig config) {
    config.refuse(
        "GoBGP",
        NeighborOption.Bfd.class,
        NeighborOption.Role.class,
        NeighborOption.ExtendedMessages.class,
        NeighborOption.EnhancedRefresh.class,
        NeighborOption.AnyExternalAs.class,
        NeighborOption.MinimumHoldTime.class);
    String routes = config.has(NeighborOption.FlowSpecs.class) ? "flowspec" : "unicast";
    String text =
        """
        [global.config]
          as = %d
          router-id = "%s"
          port = 179
        [[neighbors]]
          [neighbors.config]
            neighbor-address = "%s"
            peer-as = %d
            %s
          [neighbors.timers.config]
            hold-time = %d
            keepalive-interval = %d
            connect-retry = 1
          [neighbors.transport.config]
            local-address = "%s"
            passive-mode = %s
            remote-port = %d
          %s
          %s
          %s
        """
            .formatted(
                config.routerAs(),
                wire.routerV4(),
                config.address(),
                config.bugleAs(),
                neighborKeys(config),
                config.holdTime().toSeconds(),
                Math.max(1, config.holdTime().toSeconds() / 3),
                config.isIpv6() ? wire.routerV6() : wire.routerV4(),
                !config.connects(),
                config.port(),
                tables(config),
                family("ipv4-" + routes, config),
                family("ipv6-" + routes, config));
    return config.has(NeighborOption.AddPathSend.class) ? text + feeders() : text;
  }

  private String feeders() {
    return wire.feedersV4().stream()
        .map(
            feeder ->
                """
                [[neighbors]]
                  [neighbors.config]
                    neighbor-address = "%s"
                    peer-as = %d
                  [neighbors.transport.config]
                    passive-mode = true
                """
                    .formatted(feeder, NeighborOption.AddPathSend.FEEDERS_AS))
        .collect(Collectors.joining());
  }

  private static String neighborKeys(RouterConfig config) {
    StringBuilder keys = new StringBuilder();
    config
        .option(NeighborOption.Md5.class)
        .ifPresent(md5 -> keys.append("auth-password = \"%s\"\n".formatted(md5.password())));
    config
        .option(NeighborOption.LocalAs.class)
        .ifPresent(as -> keys.append("local-as = %d\n".formatted(as.asn())));
    return keys.toString();
  }

  private static String tables(RouterConfig config) {
    StringBuilder tables = new StringBuilder();
    config
        .option(NeighborOption.TtlSecurity.class)
        .ifPresent(
            security ->
                tables.append(
                    "[neighbors.ttl-security.config]\nenabled = true\nttl-min = %d\n"
                        .formatted(256 - security.hops())));
    config
        .option(NeighborOption.Multihop.class)
        .ifPresent(
            multihop ->
                tables.append(
                    "[neighbors.ebgp-multihop.config]\nenabled = true\nmultihop-ttl = %d\n"
                        .formatted(multihop.ttl())));
    config
        .option(NeighborOption.RestartHelper.class)
        .ifPresent(
            helper ->
                tables.append(
                    """
                    [neighbors.graceful-restart.config]
                    enabled = true
                    restart-time = %d
                    notification-enabled = %s
                    """
                        .formatted(helper.restartTime().toSeconds(), helper.notification())));
    config
        .option(NeighborOption.Restarting.class)
        .ifPresent(
            restarting ->
                tables.append(
                    """
                    [neighbors.graceful-restart.config]
                    enabled = true
                    restart-time = %d
                    notification-enabled = %s
                    long-lived-enabled = %s
                    """
                        .formatted(
                            restarting.restartTime().toSeconds(),
                            restarting.notification(),
                            !restarting.longLived().isZero())));
    return tables.toString();
  }

  // An IPv6 next hop for IPv4 routes is always offered.
  private static String family(String name, RouterConfig config) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        [[neighbors.afi-safis]]
          [neighbors.afi-safis.config]
            afi-safi-name = "%s"
        """
            .formatted(name));
    if (config.has(NeighborOption.RestartHelper.class)
        || config.has(NeighborOption.Restarting.class)) {
      text.append("[neighbors.afi-safis.mp-graceful-restart.config]\nenabled = true\n");
    }
    config
        .option(NeighborOption.Restarting.class)
        .map(restarting -> restarting.longLived().toSeconds())
        .filter(seconds -> seconds > 0)
        .ifPresent(
            seconds ->
                text.append(
                    """
                    [neighbors.afi-safis.long-lived-graceful-restart.config]
                    enabled = true
                    restart-time = %d
                    """
                        .formatted(seconds)));
    if (config.has(NeighborOption.AddPathSend.class)) {
      text.append("[neighbors.afi-safis.add-paths.config]\nsend-max = 8\n");
    }
    if (config.has(NeighborOption.AddPathReceive.class)) {
      text.append("[neighbors.afi-safis.add-paths.config]\nreceive = true\n");
    }
    return text.toString();
  }
}
