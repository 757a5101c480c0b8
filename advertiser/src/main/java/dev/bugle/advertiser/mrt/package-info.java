/**
 * What the program does with MRT files, over {@code dev.bugle.bgp.mrt}: shows what is in them,
 * announces the routes of one to peers, and writes down what a peer sends.
 *
 * <p>Knows {@code bgp-core} and {@code json}, and nothing of the advertiser: these are tools beside
 * it, with a speaker of their own where they need one. Who calls waits; listeners run on the
 * speaker's event loops.
 */
@NullMarked
package dev.bugle.advertiser.mrt;

import org.jspecify.annotations.NullMarked;
