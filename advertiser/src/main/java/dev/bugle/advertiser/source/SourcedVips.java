package dev.bugle.advertiser.source;

import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.leadership.ElectorConfig;
import java.util.List;
import java.util.Map;

/**
 * All that a source wants at one moment.
 *
 * @param vips the VIPs; of two with one name the second is refused
 * @param leaderships elections for them, by the names that they call them by. One is taken part in
 *     from when the first VIP names it until none does any more, and goes on undisturbed for as
 *     long as its configuration is equal to the one before
 * @param checks health checks for them, likewise
 */
public record SourcedVips(
    List<SourcedVip> vips,
    Map<String, ElectorConfig> leaderships,
    Map<String, HealthCheckConfig> checks) {

  /** None, known to be none. */
  public static final SourcedVips NONE = new SourcedVips(List.of(), Map.of(), Map.of());

  /** Copies the collections. */
  public SourcedVips {
    vips = List.copyOf(vips);
    leaderships = Map.copyOf(leaderships);
    checks = Map.copyOf(checks);
  }

  /** Those that need nothing beyond what is in the configuration. */
  public static SourcedVips of(List<SourcedVip> vips) {
    return new SourcedVips(vips, Map.of(), Map.of());
  }
}
