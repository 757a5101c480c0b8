package dev.bugle.bgp;

/**
 * Why a connection is not taken.
 *
 * @param times how often that happened
 * @param what is refused, as in {@code refused 3 connection(s)} and this
 * @param advice what to do if that should not be
 */
record Refusal(Repetitions times, String what, String advice) {}
