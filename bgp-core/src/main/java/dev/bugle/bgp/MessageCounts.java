package dev.bugle.bgp;

import dev.bugle.bgp.wire.message.MessageType;

/** How many messages of each type went one way, since the peer was added. */
public record MessageCounts(
    long open, long update, long notification, long keepalive, long routeRefresh) {

  /** None. */
  public static final MessageCounts ZERO = new MessageCounts(0, 0, 0, 0, 0);

  static MessageCounts of(Tally<MessageType> tally) {
    return new MessageCounts(
        tally.of(MessageType.OPEN),
        tally.of(MessageType.UPDATE),
        tally.of(MessageType.NOTIFICATION),
        tally.of(MessageType.KEEPALIVE),
        tally.of(MessageType.ROUTE_REFRESH));
  }

  /** How many of this type. */
  public long of(MessageType type) {
    return switch (type) {
      case OPEN -> open;
      case UPDATE -> update;
      case NOTIFICATION -> notification;
      case KEEPALIVE -> keepalive;
      case ROUTE_REFRESH -> routeRefresh;
    };
  }

  /** How many of any type. */
  public long total() {
    return open + update + notification + keepalive + routeRefresh;
  }
}
