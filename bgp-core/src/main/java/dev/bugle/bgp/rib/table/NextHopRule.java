package dev.bugle.bgp.rib.table;

/** Which next hop a peer is given for what was learned, where no policy says it. */
public enum NextHopRule {
  /**
   * As is usual: our own address for peers in other ASes (RFC 4271 §5.1.3); that of the path for
   * those in our AS or confederation, and for the clients of a route server (RFC 7947 §2.2.1).
   */
  USUAL,
  /**
   * Our own address. What is reflected within our AS keeps its next hop all the same (RFC 4456
   * §10).
   */
  SELF,
  /** That of the path. */
  UNCHANGED,
  /**
   * That of the path where it is in the network that we share with the peer, so that packets need
   * not go through us (RFC 4271 §5.1.3); else our own address.
   */
  THIRD_PARTY
}
