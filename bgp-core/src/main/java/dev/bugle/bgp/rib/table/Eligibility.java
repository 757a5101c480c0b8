package dev.bugle.bgp.rib.table;

/** Whether a path that was received takes part in the decision, and if not, why. */
public enum Eligibility {
  /** It does. */
  ELIGIBLE("it is accepted"),
  /** Import policy rejects it. */
  POLICY("the import policy rejects it"),
  /** The peer is in another AS, and there is no import policy for it (RFC 8212 §2.1). */
  NO_POLICY("there is no import policy for this peer of another AS (RFC 8212)"),
  /** Our AS number is in its AS_PATH (RFC 4271 §9.1.2). */
  AS_LOOP("our AS number is in its AS_PATH"),
  /** It does not begin with the peer's AS number (RFC 4271 §6.3, RFC 5065 §5). */
  FIRST_AS("its AS_PATH does not begin with the peer's AS number"),
  /** ORIGINATOR_ID is our BGP Identifier (RFC 4456 §8). */
  ORIGINATOR_LOOP("its ORIGINATOR_ID is ours"),
  /** Our cluster is in its CLUSTER_LIST (RFC 4456 §8). */
  CLUSTER_LOOP("our cluster is in its CLUSTER_LIST"),
  /** It has come where its Only to Customer says that it must not (RFC 9234 §5). */
  ROUTE_LEAK("it is a route leak by its OTC attribute (RFC 9234)"),
  /** Its peer is away for longer than it may be kept (RFC 9494 §4.2). */
  NO_LLGR("its NO_LLGR forbids to keep it so long while the peer is away"),
  /** Its next hop is no address of a host, or one of ours (RFC 4271 §6.3). */
  NEXT_HOP("its next hop is not the address of another host");

  private final String text;

  Eligibility(String text) {
    this.text = text;
  }

  /** In words. */
  public String text() {
    return text;
  }
}
