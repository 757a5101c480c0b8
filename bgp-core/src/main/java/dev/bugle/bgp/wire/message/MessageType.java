package dev.bugle.bgp.wire.message;

import dev.bugle.bgp.wire.Direction;
import java.util.Optional;

/** The message types, with the lengths that the header may give for them (RFC 4271 §6.1). */
public enum MessageType {
  /** RFC 4271 §4.2. */
  OPEN(1, 29),
  /** RFC 4271 §4.3. */
  UPDATE(2, 23),
  /** RFC 4271 §4.5. */
  NOTIFICATION(3, 21),
  /** RFC 4271 §4.4. */
  KEEPALIVE(4, 19),
  /** RFC 2918 §3. */
  ROUTE_REFRESH(5, 23);

  private static final MessageType[] VALUES = values();

  private final int code;
  private final int minLength;

  MessageType(int code, int minLength) {
    this.code = code;
    this.minLength = minLength;
  }

  /** The type with this code, if there is one. */
  static Optional<MessageType> of(int code) {
    return code >= 1 && code <= VALUES.length ? Optional.of(VALUES[code - 1]) : Optional.empty();
  }

  /** The value of the Type field. */
  public int code() {
    return code;
  }

  /** The longest that a message of this type can ever be (RFC 8654 §4). */
  int maxLength() {
    return switch (this) {
      case OPEN -> Direction.MAX_MESSAGE_LENGTH;
      case KEEPALIVE -> minLength;
      case UPDATE, NOTIFICATION, ROUTE_REFRESH -> Direction.MAX_EXTENDED_MESSAGE_LENGTH;
    };
  }

  /** Whether a message of this type may have this length, header included. */
  boolean allowsLength(int length) {
    // RFC 7313 §5 gives a wrong ROUTE-REFRESH an error of its own, so its codec checks it.
    return this == ROUTE_REFRESH || (length >= minLength && length <= maxLength());
  }
}
