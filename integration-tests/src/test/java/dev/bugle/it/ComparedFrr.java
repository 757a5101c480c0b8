package dev.bugle.it;

import dev.bugle.bgp.rib.table.NextHopRule;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** FRR's bgpd, with zebra that tells it of the network, and no route put into the kernel. */
final class ComparedFrr implements ComparedRouter {

  static final int HOST = 2;

  private final Machine machine;
  private final InetSocketAddress address;
  private final FrrDaemons daemons;

  private ComparedFrr(Machine machine, InetSocketAddress address) {
    this.machine = machine;
    this.address = address;
    this.daemons = new FrrDaemons(machine);
  }

  static ComparedFrr start(Machine machine, SharedNetwork network, Topology topology) {
    String own = network.address(HOST, topology.isOverIpv4());
    ComparedFrr frr = new ComparedFrr(machine, new InetSocketAddress(own, 179));
    try {
      frr.daemons.startZebra();
      frr.daemons.start(
          "bgpd",
          configuration(network, topology),
          "show bgp summary json",
          "-p",
          "179",
          "-l",
          own,
          "-n");
      return frr;
    } catch (RuntimeException | Error e) {
      frr.close();
      throw e;
    }
  }

  /**
   * What RFC 4271 leaves open is as in Bugle: MULTI_EXIT_DISC among all paths of an AS, or of all
   * (§9.1.2.2 (c)), and BGP Identifiers before age (RFC 5004). What FRR takes for a duplicate may
   * differ in ATOMIC_AGGREGATE. Neighbours that are not solo are told their own paths.
   */
  private static String configuration(SharedNetwork network, Topology topology) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        hostname router
        router bgp %d
         bgp router-id %s
         no bgp ebgp-requires-policy
         no bgp default ipv4-unicast
         bgp deterministic-med
         %s
         bgp bestpath compare-routerid
         no bgp suppress-duplicates
         coalesce-time 0
        """
            .formatted(
                Bugle.AS, IDENTIFIER, topology.comparesMedOfAll() ? "bgp always-compare-med" : ""));
    if (topology.isConfederation()) {
      text.append(" bgp confederation identifier %d\n".formatted(topology.publicAs()));
      Topology.MEMBERS.forEach(asn -> text.append(" bgp confederation peers %d\n".formatted(asn)));
    }
    for (ComparedPeer peer : topology.peers()) {
      text.append(
          """
           neighbor %1$s remote-as %2$d
           neighbor %1$s passive
           neighbor %1$s timers connect 1
           neighbor %1$s advertisement-interval 0
           neighbor %1$s solo
          """
              .formatted(network.address(peer.host(), topology.isOverIpv4()), peer.asn()));
    }
    for (String family : List.of("ipv4", "ipv6")) {
      text.append(" address-family %s unicast\n".formatted(family));
      for (ComparedPeer peer : topology.peers()) {
        for (String line : lines(peer, topology, family)) {
          text.append(
              "  neighbor %s %s\n"
                  .formatted(network.address(peer.host(), topology.isOverIpv4()), line));
        }
      }
      text.append(" exit-address-family\n");
    }
    return text.toString();
  }

  private static List<String> lines(ComparedPeer peer, Topology topology, String family) {
    List<String> lines = new ArrayList<>(List.of("activate"));
    if (topology.nextHop() == NextHopRule.SELF) {
      lines.add("next-hop-self");
    } else if (peer.isExternal() && family.equals("ipv4") != topology.isOverIpv4()) {
      // Over one it does not see that a next hop of the other is in the network that all share.
      lines.add("attribute-unchanged next-hop");
    }
    switch (peer.part()) {
      case REFLECTOR_CLIENT -> lines.add("route-reflector-client");
      case ROUTE_SERVER_CLIENT -> lines.add("route-server-client");
      case PLAIN, ROUTE_SERVER -> {}
    }
    return lines;
  }

  @Override
  public String name() {
    return "FRR";
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
    return machine.read("bgpd.log");
  }

  @Override
  public void close() {
    daemons.close();
  }
}
