package dev.bugle.it;

/**
 * A time in which a node may count on its leadership.
 *
 * @param node whose
 * @param from when the elector granted it
 * @param until when it is over for everybody, unless it was granted again
 * @param exact whether the elector itself says so; otherwise it follows from what was done to the
 *     node, and ends not later than that
 */
record Tenure(String node, long from, long until, boolean exact) {}
