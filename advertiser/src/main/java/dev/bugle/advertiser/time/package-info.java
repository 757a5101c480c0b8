/**
 * Time: the one monotonic clock that decisions are made on, and how durations are written.
 *
 * <p>Wall-clock time decides nothing in the advertiser. Everything that has a deadline takes a
 * {@link dev.bugle.advertiser.time.Ticker}, so that tests run in virtual time.
 */
@NullMarked
package dev.bugle.advertiser.time;

import org.jspecify.annotations.NullMarked;
