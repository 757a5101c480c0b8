package dev.bugle.advertiser;

import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.source.SourcedVip;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a source has in the plan.
 *
 * @param vips under their full names
 * @param contests the leaderships of the source, with those that are being given up
 * @param checks the health checks of the source
 * @param held the full names of VIPs that are stated, and not among the others now
 */
record Part(
    List<SourcedVip> vips,
    Map<String, Contest> contests,
    Map<String, HealthCheckConfig> checks,
    Set<String> held) {

  /** Nothing at all. */
  static final Part EMPTY = new Part(List.of(), Map.of(), Map.of(), Set.of());

  /** Copies the collections. */
  Part {
    vips = List.copyOf(vips);
    contests = Map.copyOf(contests);
    checks = Map.copyOf(checks);
    held = Set.copyOf(held);
  }

  /** The full names of all its VIPs. */
  Set<String> names() {
    Set<String> names = new HashSet<>(held);
    vips.forEach(sourced -> names.add(sourced.vip().name()));
    return names;
  }
}
