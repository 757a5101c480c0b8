package dev.bugle.bgp.session;

/** What both OPENs must have for it to hold, beyond what changes how bytes are read and written. */
public enum Agreement {
  /** The peer asks for our routes again when it wants them (RFC 2918). */
  ROUTE_REFRESH,
  /** Beginning and end of routes that are sent again are marked (RFC 7313). */
  ENHANCED_ROUTE_REFRESH,
  /** The peer keeps our routes for a while when the session is lost (RFC 4724). */
  GRACEFUL_RESTART,
  /** We keep the peer's routes for a while when the session is lost (RFC 4724). */
  ROUTE_RETENTION,
  /** Both do so after a NOTIFICATION, too, unless that says Hard Reset (RFC 8538). */
  RESTART_AFTER_NOTIFICATION;

  /** As in messages: {@code route refresh}. */
  @Override
  public String toString() {
    return switch (this) {
      case ROUTE_REFRESH -> "route refresh";
      case ENHANCED_ROUTE_REFRESH -> "enhanced route refresh";
      case GRACEFUL_RESTART -> "graceful restart";
      case ROUTE_RETENTION -> "route retention";
      case RESTART_AFTER_NOTIFICATION -> "restart after NOTIFICATION";
    };
  }
}
