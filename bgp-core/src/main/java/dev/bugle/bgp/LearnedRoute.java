package dev.bugle.bgp;

import dev.bugle.bgp.wire.Nlri;

/**
 * A route that we know from a peer.
 *
 * @param destination the prefix, or what the family has instead; a {@link
 *     dev.bugle.bgp.wire.PathNlri} where the peer tells several paths apart (RFC 7911)
 * @param known as the peer has announced it, what our import policy has made of it, and why it is
 *     not the best
 */
public record LearnedRoute(Nlri destination, KnownPath known) {}
