package dev.bugle.advertiser;

import dev.bugle.advertiser.vip.Vip;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be reconciled.
 *
 * @param vips all that are configured
 * @param contests the leaderships by name
 */
record Plan(List<Vip> vips, Map<String, Contest> contests) {

  /** Nothing at all. */
  static final Plan EMPTY = new Plan(List.of(), Map.of());

  /** Copies the collections. */
  Plan {
    vips = List.copyOf(vips);
    contests = Map.copyOf(contests);
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
