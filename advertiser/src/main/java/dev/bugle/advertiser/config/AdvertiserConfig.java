package dev.bugle.advertiser.config;

import dev.bugle.bgp.DynamicPeersConfig;
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

  /** Copies the collections. */
  public AdvertiserConfig {
    peers = List.copyOf(peers);
    dynamicPeers = List.copyOf(dynamicPeers);
    electors = Map.copyOf(electors);
    vips = List.copyOf(vips);
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
