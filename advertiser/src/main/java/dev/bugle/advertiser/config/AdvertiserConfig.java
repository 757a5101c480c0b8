package dev.bugle.advertiser.config;

import dev.bugle.bgp.SpeakerConfig;
import java.util.List;
import java.util.Map;

/**
 * All that an advertiser is told.
 *
 * @param speaker the BGP speaker that announces
 * @param shutdownMessage the text in Cease/Administrative Shutdown when it stops (RFC 9003)
 * @param peers whom it announces to; every VIP goes to all of them
 * @param electors the declared elections by name
 * @param vips what it announces
 */
public record AdvertiserConfig(
    SpeakerConfig speaker,
    String shutdownMessage,
    List<Neighbor> peers,
    Map<String, ElectorConfig> electors,
    List<Vip> vips) {

  /** Copies the collections. */
  public AdvertiserConfig {
    peers = List.copyOf(peers);
    electors = Map.copyOf(electors);
    vips = List.copyOf(vips);
  }
}
