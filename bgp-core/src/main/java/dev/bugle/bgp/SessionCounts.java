package dev.bugle.bgp;

import java.time.Instant;

/**
 * How often a peer's sessions came and went.
 *
 * @param since when it is counted: when the peer was added
 * @param established how many sessions were established
 * @param ended how many of these are over
 */
public record SessionCounts(Instant since, long established, long ended) {}
