package dev.bugle.bgp.session;

/** The timers of RFC 4271 §10 that one connection has. */
public enum Timer {
  /** How long until the next attempt to connect, or until an attempt is given up. */
  CONNECT_RETRY,
  /** How long the peer may be silent. */
  HOLD,
  /** How long we may be silent. */
  KEEPALIVE,
  /** How long the peer may leave what we send unread (RFC 9687). */
  SEND_HOLD,
  /** How long a session that ended for its own good does not begin again. */
  IDLE_HOLD
}
