package dev.bugle.bgp;

/** Which routes a station is told of, by the names of the RFCs. */
public enum BmpTable {
  /** What each peer announces, before any policy (RFC 7854 §5). */
  ADJ_RIB_IN_PRE_POLICY,
  /**
   * What was accepted of that, as the import policy has left it (RFC 7854 §5); needs a routing
   * table.
   */
  ADJ_RIB_IN_POST_POLICY,
  /**
   * What each peer would be told if its policies accepted everything as it is (RFC 8671 §2); needs
   * a routing table.
   */
  ADJ_RIB_OUT_PRE_POLICY,
  /** What each peer is told, octet for octet (RFC 8671 §2). */
  ADJ_RIB_OUT_POST_POLICY,
  /** What is best of what was learned (RFC 9069); needs a routing table. */
  LOC_RIB
}
