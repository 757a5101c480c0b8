package dev.bugle.advertiser;

import dev.bugle.advertiser.health.Health;
import dev.bugle.advertiser.leadership.Leadership;
import dev.bugle.bgp.PeerStatus;

/**
 * Hears what changes. Each method is called on the thread that has found the change, a session's
 * event loop or the reconciler's: do not block. What it throws is logged, and otherwise ignored.
 * When it is called, {@link Advertiser#status} knows of the change.
 */
public interface AdvertiserListener {

  /**
   * A VIP stands otherwise towards the peers, or an input of its decision has another value or
   * effect.
   */
  default void vipChanged(VipDecision decision) {}

  /** A VIP is not configured any more. */
  default void vipRemoved(String name) {}

  /** An elector stands elsewhere. */
  default void leadershipChanged(String name, Leadership known) {}

  /** A health check has another state. */
  default void healthChanged(String name, Health known) {}

  /** The session of a peer is in another state, or for another reason. */
  default void peerChanged(PeerStatus status) {}
}
