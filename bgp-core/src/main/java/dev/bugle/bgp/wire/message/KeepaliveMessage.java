package dev.bugle.bgp.wire.message;

/** KEEPALIVE: only a header (RFC 4271 §4.4). */
public enum KeepaliveMessage implements Message {
  /** The message. */
  KEEPALIVE;

  @Override
  public MessageType type() {
    return MessageType.KEEPALIVE;
  }
}
