package dev.bugle.bgp.wire.message;

/** A BGP message. The set is closed: an unknown type is a header error (RFC 4271 §6.1). */
public sealed interface Message
    permits OpenMessage, UpdateMessage, NotificationMessage, KeepaliveMessage, RouteRefreshMessage {

  /** What the header's Type field says. */
  MessageType type();
}
