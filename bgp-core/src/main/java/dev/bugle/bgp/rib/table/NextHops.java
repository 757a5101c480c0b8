package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.IpAddress;
import java.util.OptionalLong;

/**
 * What is known of the ways to next hops (RFC 4271 §9.1.2.1). Asked by the thread that writes the
 * table, for every path that is compared, so it answers at once. When an answer changes, whoever
 * gives it says so to {@link RoutingTable#reselect}.
 */
@FunctionalInterface
public interface NextHops {

  /** The cost of a way that costs nothing. */
  OptionalLong AT_NO_COST = OptionalLong.of(0);

  /** Every next hop can be reached, at no cost: as where no routing is known. */
  NextHops ALL_REACHABLE = nextHop -> AT_NO_COST;

  /**
   * The interior cost of the way to the next hop, 0 or more; empty when there is none, so that no
   * path through it can be used.
   */
  OptionalLong cost(IpAddress nextHop);
}
