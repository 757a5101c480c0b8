package dev.bugle.advertiser;

import dev.bugle.advertiser.addresses.Binding;
import dev.bugle.advertiser.addresses.BoundAddress;
import dev.bugle.advertiser.health.Health;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.bfd.BfdStatus;
import dev.bugle.bgp.PeerAddress;
import dev.bugle.bgp.SpeakerStatus;
import java.util.List;
import java.util.Map;

/**
 * What is known of an advertiser at one moment. Times are readings of the {@link
 * dev.bugle.advertiser.time.Ticker}.
 *
 * @param now when it was read
 * @param vips how each is announced, and why; empty until it was first decided
 * @param leaderships what each elector knew when that was decided
 * @param health what each check knows
 * @param addresses what is known of each address that is wanted on an interface
 * @param drains why everything is drained; empty when it is not
 * @param sources what is known of each source of VIPs, by its name
 * @param bfd the BFD sessions, by the address of the router
 * @param bgp the BGP speaker and its peers
 */
public record AdvertiserStatus(
    long now,
    List<VipDecision> vips,
    Map<String, Leadership> leaderships,
    Map<String, Health> health,
    Map<BoundAddress, Binding> addresses,
    List<String> drains,
    Map<String, SourceStatus> sources,
    Map<PeerAddress, BfdStatus> bfd,
    SpeakerStatus bgp) {

  /** Copies the collections. */
  public AdvertiserStatus {
    vips = List.copyOf(vips);
    leaderships = Map.copyOf(leaderships);
    health = Map.copyOf(health);
    addresses = Map.copyOf(addresses);
    drains = List.copyOf(drains);
    sources = Map.copyOf(sources);
    bfd = Map.copyOf(bfd);
  }
}
