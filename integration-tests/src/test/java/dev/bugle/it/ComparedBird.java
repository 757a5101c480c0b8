package dev.bugle.it;

import dev.bugle.bgp.rib.table.NextHopRule;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** BIRD, without a kernel to put routes into. */
final class ComparedBird implements ComparedRouter {

  static final int HOST = 3;

  private final InetSocketAddress address;
  private final BirdDaemon daemon;

  private ComparedBird(Machine machine, InetSocketAddress address) {
    this.address = address;
    this.daemon = new BirdDaemon(machine);
  }

  static ComparedBird start(Machine machine, SharedNetwork network, Topology topology) {
    ComparedBird bird =
        new ComparedBird(
            machine, new InetSocketAddress(network.address(HOST, topology.isOverIpv4()), 179));
    try {
      bird.daemon.start(configuration(network, topology, bird.daemon.logFile()));
      return bird;
    } catch (RuntimeException | Error e) {
      bird.close();
      throw e;
    }
  }

  /**
   * What RFC 4271 leaves open is as in Bugle: MULTI_EXIT_DISC among all paths of an AS (§9.1.2.2
   * (c)); BGP Identifiers go before age by default. What RFC 8326 §4.2 and RFC 7999 §3.2 have the
   * operator of BIRD write, the filter has.
   */
  private static String configuration(SharedNetwork network, Topology topology, String log) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        log "%s" all;
        router id %s;
        protocol device { }
        protocol direct { ipv4; ipv6; interface "eth0"; }
        filter outside {
          if (65535,0) ~ bgp_community then bgp_local_pref = 0;
          if (65535,666) ~ bgp_community then bgp_community.add((65535,65281));
          accept;
        }
        filter served {
          if (65535,0) ~ bgp_community then bgp_local_pref = 0;
          accept;
        }
        """
            .formatted(log, IDENTIFIER));
    for (ComparedPeer peer : topology.peers()) {
      text.append(
          """
          protocol bgp %s {
            local %s as %d;
            neighbor %s as %d;
            strict bind on;
            passive on;
            direct;
            hold time 240;
            error wait time 1, 2;
            %s
            ipv4 { %s next hop address %s; };
            ipv6 { %s next hop address %s; };
          }
          """
              .formatted(
                  peer.name(),
                  network.address(HOST, topology.isOverIpv4()),
                  Bugle.AS,
                  network.address(peer.host(), topology.isOverIpv4()),
                  peer.asn(),
                  String.join(" ", lines(peer, topology)),
                  channel(peer, topology),
                  network.address(HOST, true),
                  channel(peer, topology),
                  network.address(HOST, false)));
    }
    return text.toString();
  }

  private static String channel(ComparedPeer peer, Topology topology) {
    return "import %s; export where source = RTS_BGP; %s"
        .formatted(imported(peer), topology.nextHop() == NextHopRule.SELF ? "next hop self;" : "");
  }

  private static String imported(ComparedPeer peer) {
    return switch (peer.part()) {
      case PLAIN -> peer.isExternal() ? "filter outside" : "all";
      case ROUTE_SERVER_CLIENT -> "filter served";
      case REFLECTOR_CLIENT, ROUTE_SERVER -> "all";
    };
  }

  private static List<String> lines(ComparedPeer peer, Topology topology) {
    List<String> lines = new ArrayList<>();
    lines.add(topology.comparesMedOfAll() ? "med metric on;" : "deterministic med on;");
    if (topology.isConfederation()) {
      lines.add("confederation %d;".formatted(topology.publicAs()));
      lines.add("confederation member %s;".formatted(peer.isExternal() ? "no" : "yes"));
    }
    switch (peer.part()) {
      case REFLECTOR_CLIENT -> lines.add("rr client;");
      // The communities are not for a route server (RFC 7947 §2.2.4).
      case ROUTE_SERVER_CLIENT -> lines.addAll(List.of("rs client;", "interpret communities off;"));
      case PLAIN, ROUTE_SERVER -> {}
    }
    return lines;
  }

  @Override
  public String name() {
    return "BIRD";
  }

  @Override
  public int host() {
    return HOST;
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public String log() {
    return daemon.log();
  }

  @Override
  public void close() {
    daemon.close();
  }
}
