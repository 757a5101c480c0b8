package dev.bugle.it.lease;

/**
 * What the server has granted: to whom, when, and until when that one counts on it at most. Times
 * are readings of the host's monotonic clock; an end of 0 is a release.
 */
public record Grant(String holder, long at, long until) {}
