package dev.bugle.it;

/**
 * A route of a node that stood in the router's kernel. Times are readings of the host's monotonic
 * clock; one that stands still has no end ({@link Long#MAX_VALUE}).
 */
record Standing(String node, long from, long until) {}
