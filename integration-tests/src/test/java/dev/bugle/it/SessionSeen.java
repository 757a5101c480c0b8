package dev.bugle.it;

/**
 * A router's own view of its session with Bugle.
 *
 * @param established whether the router calls it Established
 * @param report what the router says of it, in its own words
 */
record SessionSeen(boolean established, String report) {}
