package dev.bugle.bgp;

import dev.bugle.bgp.rib.table.DecisionConfig;
import dev.bugle.bgp.rib.table.NextHops;
import java.time.Duration;

/**
 * How a speaker decides on the paths that its peers announce; see {@link
 * SpeakerConfig.Builder#routingTable}.
 *
 * @param decision what of the decision process is chosen
 * @param nextHops what is known of the ways to next hops; asked on the table's thread
 * @param selectionDeferralTime how long a speaker that is {@link SpeakerConfig.Builder#restarting}
 *     tells nobody what is best while peers have not announced everything again: the
 *     Selection_Deferral_Timer (RFC 4724 §4.1); zero: it does not wait
 */
public record RoutingTableConfig(
    DecisionConfig decision, NextHops nextHops, Duration selectionDeferralTime) {

  /** What routers usually wait. */
  private static final Duration SELECTION_DEFERRAL_TIME = Duration.ofMinutes(6);

  /** As RFC 4271 says, where every next hop can be reached; after a restart it waits 6 minutes. */
  public static final RoutingTableConfig STANDARD =
      new RoutingTableConfig(DecisionConfig.STANDARD, NextHops.ALL_REACHABLE);

  /** Checks the time. */
  public RoutingTableConfig {
    if (selectionDeferralTime.isNegative()) {
      throw new IllegalArgumentException(
          "a selection deferral time of " + selectionDeferralTime + " is negative");
    }
  }

  /** One that waits 6 minutes after a restart. */
  public RoutingTableConfig(DecisionConfig decision, NextHops nextHops) {
    this(decision, nextHops, SELECTION_DEFERRAL_TIME);
  }

  /** The same with this time of the Selection_Deferral_Timer; zero: none. */
  public RoutingTableConfig withSelectionDeferralTime(Duration time) {
    return new RoutingTableConfig(decision, nextHops, time);
  }
}
