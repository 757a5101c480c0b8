/**
 * The port through which VIPs come from outside of the configuration, while the program runs.
 *
 * <p>A {@link dev.bugle.advertiser.source.VipSourceProvider} is a kind of source: how it is written
 * under {@code sources:}, and how one is made. A {@link dev.bugle.advertiser.source.VipSource}
 * states the whole set of its VIPs, again and again, on a {@link
 * dev.bugle.advertiser.source.VipStage}: what they are, which leaderships and health checks they
 * need beyond those of the configuration, and how each of them stands ({@link
 * dev.bugle.advertiser.source.Standing}). It hears what was decided ({@link
 * dev.bugle.advertiser.source.Verdict}). Finding the differences, and doing what follows from them
 * in order, is the advertiser's business.
 *
 * <p>Threads: each source is called on a thread of its own, one call at a time, except for {@link
 * dev.bugle.advertiser.source.VipSource#close}; a source calls its stage on any thread.
 */
@NullMarked
package dev.bugle.advertiser.source;

import org.jspecify.annotations.NullMarked;
