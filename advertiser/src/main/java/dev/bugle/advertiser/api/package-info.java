/**
 * What the admin server of an advertiser serves: its state as JSON, its changes as events, and the
 * commands to it.
 *
 * <p>{@link dev.bugle.advertiser.api.AdminApi} puts the routes together. Each thing that is shown
 * has a class that has its schema and its JSON side by side ({@code VipForm}, {@code PeerForm} and
 * so on), and each group of routes has one that declares them. All that is shown is read from
 * {@link dev.bugle.advertiser.Advertiser#status} when it is asked for; nothing is kept here.
 *
 * <p>A moment is told twice: as the time on the wall, for people, and as the seconds since then,
 * which the advertiser's own clock has measured and nobody can set. Both are from one {@code
 * Moment}, so that all of an answer is of the same time.
 *
 * <p>Handlers run on the admin server's event loop, and wait for nothing. Events are published by
 * the thread that has found the change.
 */
@NullMarked
package dev.bugle.advertiser.api;

import org.jspecify.annotations.NullMarked;
