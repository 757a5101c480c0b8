package dev.bugle.bgp.session;

/**
 * What is known of the path to the peer from outside of BGP, typically from BFD (RFC 5882). Only
 * the change from {@link #UP} to one of the two that are down is a failure and ends the session
 * (RFC 5882 §4.2): every BFD session is down before it is up, which must hurt nobody (RFC 5882
 * §3.3). A session in strict mode begins only while the path is UP or ADMIN_DOWN.
 */
public enum PathState {
  /** Nothing: nobody watches the path. So it is in the beginning. */
  UNKNOWN,
  /** It carries packets both ways. */
  UP,
  /** It does not, or was not seen to yet. */
  DOWN,
  /**
   * It does not, or the peer's control plane is restarting and has taken down who watches the path
   * there, which shares its fate (the C bit is clear, RFC 5882 §4.3). Where the peer has agreed to
   * graceful restart the session then ends without a word, so that it keeps our routes; elsewhere
   * this is {@link #DOWN}.
   */
  DOWN_OR_RESTARTING,
  /**
   * Somebody, here or at the peer, does not want it watched now. That is no failure and tells
   * nothing of the path (RFC 5882 §3.2).
   */
  ADMIN_DOWN
}
