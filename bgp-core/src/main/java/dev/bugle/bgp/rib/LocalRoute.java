package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.Optional;

/**
 * A route that this speaker originates, before it is fitted to a peer.
 *
 * @param prefix the destination
 * @param attributes those that go to every peer alike, among them LOCAL_PREF for peers in our AS
 * @param prepend how many times our AS number stands in the path beyond what the session needs
 * @param nextHop the next hop to give; empty for our own address on the session
 */
public record LocalRoute(
    Prefix prefix, PathAttributes attributes, int prepend, Optional<IpAddress> nextHop) {}
