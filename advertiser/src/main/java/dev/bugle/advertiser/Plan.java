package dev.bugle.advertiser;

import dev.bugle.advertiser.source.Standing;
import dev.bugle.advertiser.vip.Drain;
import dev.bugle.advertiser.vip.Vip;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be reconciled.
 *
 * @param vips all that are configured, and all that come from sources
 * @param contests the leaderships by name
 * @param standings how the source of a VIP lets it stand, by the name of the VIP; those that are
 *     configured have none
 * @param drains what a source has taken out of service, likewise
 */
record Plan(
    List<Vip> vips,
    Map<String, Contest> contests,
    Map<String, Standing> standings,
    Map<String, Drain> drains) {

  /** Nothing at all. */
  static final Plan EMPTY = new Plan(List.of(), Map.of());

  /** Copies the collections. */
  Plan {
    vips = List.copyOf(vips);
    contests = Map.copyOf(contests);
    standings = Map.copyOf(standings);
    drains = Map.copyOf(drains);
  }

  /** Only what is configured. */
  Plan(List<Vip> vips, Map<String, Contest> contests) {
    this(vips, contests, Map.of(), Map.of());
  }

  /** Whether a VIP of that name comes from a source. */
  boolean isSourced(String name) {
    return standings.containsKey(name);
  }

  /** How long each leadership is kept although no peer is up; not those that are kept anyway. */
  Map<String, Duration> patience() {
    Map<String, Duration> patience = new HashMap<>();
    contests.forEach(
        (name, contest) ->
            contest.handover().withoutPeers().ifPresent(time -> patience.put(name, time)));
    return patience;
  }
}
