package dev.bugle.bgp;

import java.net.InetSocketAddress;

/**
 * The two ends of the connection of an established session.
 *
 * @param local ours
 * @param remote the peer's
 */
public record Endpoints(InetSocketAddress local, InetSocketAddress remote) {}
