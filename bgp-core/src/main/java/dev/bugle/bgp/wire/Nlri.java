package dev.bugle.bgp.wire;

/**
 * One piece of Network Layer Reachability Information. For unicast it is a {@link Prefix}; other
 * families bring types of their own through their {@link NlriCodec}.
 */
public interface Nlri {}
