package dev.bugle.it;

/** Capabilities that routers report of a session, as far as the tests look at them. */
enum CapabilitySeen {
  ROUTE_REFRESH,
  ENHANCED_REFRESH,
  FOUR_OCTET_AS,
  EXTENDED_MESSAGE,
  EXTENDED_NEXT_HOP,
  ADD_PATH,
  ROLE,
  GRACEFUL_RESTART,
  /** The N bit of graceful restart (RFC 8538 §2). */
  RESTART_NOTIFICATION
}
