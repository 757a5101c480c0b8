package dev.bugle.bgp.rib;

/**
 * One of the paths to a destination that a peer may be told.
 *
 * @param pathIdentifier tells it from the others as long as it is told, 1 to 4294967295 (RFC 7911)
 * @param path what the peer is told of it
 */
public record IdentifiedPath(long pathIdentifier, Path path) {}
