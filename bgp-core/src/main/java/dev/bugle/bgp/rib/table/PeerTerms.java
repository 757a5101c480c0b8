package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.Export;
import dev.bugle.bgp.rib.PolicyPeer;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Direction;
import dev.bugle.bgp.wire.Ipv4Address;

/**
 * On which terms a session is told of one family.
 *
 * @param local how what this speaker originates is told
 * @param learned how what it has learned is told
 * @param codec how messages are written
 */
public record PeerTerms(Export local, Propagation learned, CodecContext codec) {

  /** Stands for the peer where it makes no difference which one it is. */
  private static final PolicyPeer ANY = new PolicyPeer(new Ipv4Address(0), 1);

  /**
   * What is the same for all sessions that can be told by the same UPDATEs: without the peer, but
   * with what its policy says for it, and without what only reading depends on.
   */
  PeerTerms shared() {
    return new PeerTerms(
        local.towardsAny(ANY),
        learned,
        codec.withReceived(Direction.INITIAL).withEnhancedRouteRefresh(false));
  }
}
