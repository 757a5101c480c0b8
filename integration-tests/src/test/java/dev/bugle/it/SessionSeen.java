package dev.bugle.it;

/**
 * A router's own view of its session with Bugle.
 *
 * @param established whether the router calls it Established
 * @param updates how many UPDATE messages, or route changes in them, it has received on this
 *     session
 * @param report what the router says of it, in its own words
 */
record SessionSeen(boolean established, long updates, String report) {}
