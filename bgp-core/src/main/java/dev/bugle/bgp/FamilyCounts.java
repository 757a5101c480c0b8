package dev.bugle.bgp;

/**
 * The routes of one address family on a session.
 *
 * @param advertised how many destinations the peer knows from us now; 0 unless established
 * @param sent what we told the peer
 * @param received what the peer told us
 */
public record FamilyCounts(long advertised, RouteCounts sent, RouteCounts received) {}
