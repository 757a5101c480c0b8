package dev.bugle.bgp.wire;

/**
 * One piece of Network Layer Reachability Information. For unicast it is a {@link Prefix}; other
 * families bring types of their own through their {@link NlriCodec}.
 */
public interface Nlri {

  /**
   * Whether it is malformed in a way that its family says to skip (RFC 7606 §5.4). It is kept as it
   * was received, and stands for no destination.
   */
  default boolean isDiscarded() {
    return false;
  }
}
