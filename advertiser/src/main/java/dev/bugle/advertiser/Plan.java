package dev.bugle.advertiser;

import dev.bugle.advertiser.config.Vip;
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
}
