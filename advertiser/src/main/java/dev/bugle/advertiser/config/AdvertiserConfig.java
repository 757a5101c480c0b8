package dev.bugle.advertiser.config;

import dev.bugle.bgp.DynamicPeersConfig;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.SpeakerConfig;
import java.util.List;
import java.util.Map;

/**
 * All that an advertiser is told.
 *
 * @param speaker the BGP speaker that announces
 * @param onStop what the peers are told when it stops
 * @param peers whom it announces to; every VIP goes to all of them
 * @param dynamicPeers ranges from which anybody may connect who is announced to as well
 * @param electors the declared elections by name
 * @param vips what it announces
 */
public record AdvertiserConfig(
    SpeakerConfig speaker,
    OnStop onStop,
    List<Neighbor> peers,
    List<DynamicPeersConfig> dynamicPeers,
    Map<String, ElectorConfig> electors,
    List<Vip> vips) {

  /**
   * Copies the collections, and checks that no router would keep a VIP that takes leadership after
   * this program has died or left: another may lead by then.
   */
  public AdvertiserConfig {
    peers = List.copyOf(peers);
    dynamicPeers = List.copyOf(dynamicPeers);
    electors = Map.copyOf(electors);
    vips = List.copyOf(vips);
    boolean kept =
        onStop.forRestart()
            || peers.stream().map(Neighbor::bgp).anyMatch(AdvertiserConfig::keepsRoutes)
            || dynamicPeers.stream()
                .map(DynamicPeersConfig::template)
                .anyMatch(AdvertiserConfig::keepsRoutes);
    if (kept) {
      vips.stream()
          .filter(Vip::takesLeadership)
          .findFirst()
          .ifPresent(AdvertiserConfig::refuseToKeep);
    }
  }

  private static void refuseToKeep(Vip vip) {
    throw new IllegalArgumentException(
        "routers would keep "
            + vip
            + " after this program has died or left, while another may lead; take graceful restart"
            + " from the peers and from the stop, or give the VIP leadership "
            + Vip.ALWAYS);
  }

  /** Whether the peer is asked to keep routes over a restart. */
  static boolean keepsRoutes(PeerConfig peer) {
    return peer.session().offer().gracefulRestart().isPresent();
  }

  /** Without ranges of peers. */
  public AdvertiserConfig(
      SpeakerConfig speaker,
      OnStop onStop,
      List<Neighbor> peers,
      Map<String, ElectorConfig> electors,
      List<Vip> vips) {
    this(speaker, onStop, peers, List.of(), electors, vips);
  }
}
