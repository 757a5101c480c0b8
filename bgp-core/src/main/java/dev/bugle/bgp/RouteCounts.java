package dev.bugle.bgp;

/**
 * How many routes of a family UPDATEs told of in one direction, since the peer was added; one that
 * is told of again counts again.
 *
 * @param announced as reachable
 * @param withdrawn as no longer reachable, among them those of UPDATEs whose faults turned
 *     announcements into withdrawals (RFC 7606 §2)
 */
public record RouteCounts(long announced, long withdrawn) {}
