package dev.bugle.bgp;

import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.wire.Nlri;

/**
 * A route that a peer knows from us.
 *
 * @param destination the prefix; a {@link dev.bugle.bgp.wire.PathNlri} where the peer takes several
 *     paths
 * @param path as the peer was told of it: after the policy, and fitted to the session
 */
public record AdvertisedRoute(Nlri destination, Path path) {}
