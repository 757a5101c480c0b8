package dev.bugle.bgp;

import dev.bugle.bgp.rib.table.DecisionConfig;
import dev.bugle.bgp.rib.table.NextHops;

/**
 * How a speaker decides on the paths that its peers announce; see {@link
 * SpeakerConfig.Builder#routingTable}.
 *
 * @param decision what of the decision process is chosen
 * @param nextHops what is known of the ways to next hops; asked on the table's thread
 */
public record RoutingTableConfig(DecisionConfig decision, NextHops nextHops) {

  /** As RFC 4271 says, where every next hop can be reached. */
  public static final RoutingTableConfig STANDARD =
      new RoutingTableConfig(DecisionConfig.STANDARD, NextHops.ALL_REACHABLE);
}
