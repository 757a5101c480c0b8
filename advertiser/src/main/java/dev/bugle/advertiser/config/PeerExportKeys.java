package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.bgp.PeerConfig;
import java.time.Duration;
import java.util.List;

/** The keys of a peer that are about how VIPs are told to it. */
final class PeerExportKeys {

  static final Key<String> EXPORT_POLICY =
      Key.withDefault(
          "export-policy",
          Types.word("the name of a policy", CrossChecks.NAME),
          PolicySection.ACCEPT_ALL,
          "The policy under policies that says which VIPs the router is told, and how; or"
              + " accept-all, every VIP as it is.");

  static final Key<Duration> MINIMUM_ADVERTISEMENT_INTERVAL =
      Key.withDefault(
          "minimum-advertisement-interval",
          Types.duration(Duration.ZERO, Duration.ofMinutes(10)),
          "0s",
          "How long announcements are gathered after others, for a router that is slow to take"
              + " them. Withdrawals never wait.");

  static final List<Key<?>> ALL = List.of(EXPORT_POLICY, MINIMUM_ADVERTISEMENT_INTERVAL);

  private PeerExportKeys() {}

  /** All but the policy, which is declared in another section. */
  static void apply(Values values, PeerConfig.Builder config) {
    config.minimumRouteAdvertisementInterval(values.get(MINIMUM_ADVERTISEMENT_INTERVAL));
  }
}
