package dev.bugle.bgp;

import dev.bugle.bgp.rib.table.LearnedPath;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Nlri;
import java.util.Optional;

/**
 * The best path to a destination, as it is or was at one moment.
 *
 * @param family of the destination
 * @param destination that was announced
 * @param path the best one; empty when there is none any more
 */
public record BestPath(AddressFamily family, Nlri destination, Optional<LearnedPath> path) {}
