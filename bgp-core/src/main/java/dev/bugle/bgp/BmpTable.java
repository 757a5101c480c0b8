package dev.bugle.bgp;

/** Which routes a station is told of. */
public enum BmpTable {
  /** What each peer announces, octet for octet, before any policy (RFC 7854). */
  ADJ_RIB_IN,
  /** What each peer is told, after its policy (RFC 8671). */
  ADJ_RIB_OUT,
  /** What is best of what was learned (RFC 9069); needs a routing table. */
  LOC_RIB
}
