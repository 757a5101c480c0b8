package dev.bugle.bgp.rib.table;

/**
 * The questions by which the best of several paths is found, in this order; each leaves those paths
 * that answer it best, until there is one.
 */
public enum DecisionStep {
  /** It is accepted at our door ({@link Eligibility}). */
  ELIGIBLE("it is not accepted"),
  /** The next hop can be reached (RFC 4271 §9.1.2.1). */
  NEXT_HOP("its next hop cannot be reached"),
  /** It is not marked stale for long (RFC 9494 §4.3). */
  NOT_LLGR_STALE("it is stale (LLGR_STALE), another is not"),
  /** LOCAL_PREF is the highest (RFC 4271 §9.1.1). */
  LOCAL_PREF("another has a higher LOCAL_PREF"),
  /** It has AIGP, and the sum of that and of the interior cost is the lowest (RFC 7311 §4.1). */
  AIGP("another has a lower AIGP metric, with the cost to its next hop"),
  /** AS_PATH is the shortest (RFC 4271 §9.1.2.2 (a)). */
  AS_PATH("another has a shorter AS_PATH"),
  /** ORIGIN is the lowest (b). */
  ORIGIN("another has a lower ORIGIN"),
  /** Among those of one neighbouring AS, MULTI_EXIT_DISC is the lowest (c). */
  MED("another of the same neighbouring AS has a lower MULTI_EXIT_DISC"),
  /** It is from another AS (d). */
  EXTERNAL("another is from another AS, not from ours"),
  /** The way to the next hop is the cheapest (e). */
  INTERIOR_COST("the way to the next hop of another is cheaper"),
  /** It is the best one already, and from another AS (RFC 5004 §3). */
  EXISTING("another was best before, and is no worse"),
  /** The BGP Identifier, or ORIGINATOR_ID, is the lowest (f, RFC 4456 §9). */
  ROUTER_ID("another has a lower BGP Identifier or ORIGINATOR_ID"),
  /** CLUSTER_LIST is the shortest (RFC 4456 §9). */
  CLUSTER_LIST("another has a shorter CLUSTER_LIST"),
  /** The peer's address is the lowest (g). */
  PEER_ADDRESS("another comes from a peer with a lower address"),
  /** The path identifier is the lowest: what is left of several paths of one peer. */
  PATH_IDENTIFIER("another of the same peer has a lower path identifier");

  private final String loss;

  DecisionStep(String loss) {
    this.loss = loss;
  }

  /** Why a path that this step removed is not the best, in words. */
  public String loss() {
    return loss;
  }
}
