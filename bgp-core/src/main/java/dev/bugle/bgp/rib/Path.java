package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.attribute.PathAttributes;

/**
 * What a peer is told of a destination: destinations with equal paths share an UPDATE.
 *
 * @param attributes without NEXT_HOP and MP_REACH_NLRI
 * @param nextHop of the destination's family
 */
public record Path(PathAttributes attributes, IpAddress nextHop) {}
