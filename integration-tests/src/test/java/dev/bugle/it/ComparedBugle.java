package dev.bugle.it;

import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Confederation;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerPropagation;
import dev.bugle.bgp.RoutingTableConfig;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.rib.table.DecisionConfig;
import dev.bugle.bgp.rib.table.NextHops;
import java.net.InetSocketAddress;
import java.util.Set;

/** Bugle, in this process. */
final class ComparedBugle implements ComparedRouter {

  static final int HOST = 1;

  private final BgpSpeaker speaker;

  private ComparedBugle(BgpSpeaker speaker) {
    this.speaker = speaker;
  }

  static ComparedBugle start(SharedNetwork network, Topology topology) {
    SpeakerConfig.Builder config =
        SpeakerConfig.builder(Bugle.AS, IDENTIFIER)
            .listen(network.address(HOST, topology.isOverIpv4()), 0)
            .routingTable(
                new RoutingTableConfig(
                    new DecisionConfig(topology.comparesMedOfAll(), true, false, false, 1),
                    NextHops.ALL_REACHABLE));
    if (topology.isConfederation()) {
      config.confederation(new Confederation(topology.publicAs(), Set.copyOf(Topology.MEMBERS)));
    }
    BgpSpeaker speaker = BgpSpeaker.open(config.build());
    for (ComparedPeer peer : topology.peers()) {
      speaker.peer(
          PeerConfig.builder(network.address(peer.host(), topology.isOverIpv4()), peer.asn())
              .passive(true)
              .nextHop(network.address(HOST, !topology.isOverIpv4()))
              .importPolicy(RoutePolicy.ACCEPT_ALL)
              .propagation(
                  PeerPropagation.STANDARD
                      .withPart(peer.part())
                      .withPolicy(RoutePolicy.ACCEPT_ALL)
                      .withNextHop(topology.nextHop()))
              .build());
    }
    return new ComparedBugle(speaker);
  }

  @Override
  public String name() {
    return "Bugle";
  }

  @Override
  public int host() {
    return HOST;
  }

  @Override
  public InetSocketAddress address() {
    return speaker.listenAddresses().get(0);
  }

  @Override
  public String log() {
    return speaker.status().toString();
  }

  @Override
  public void close() {
    speaker.close();
  }
}
