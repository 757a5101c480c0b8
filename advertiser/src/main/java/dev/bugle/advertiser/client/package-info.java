/**
 * A small client of the admin server, for programs that run once and end: the commands of {@code
 * bugle}.
 *
 * <p>It speaks HTTP/1.0 with a connection for each request, over TCP, TLS or a Unix socket ({@code
 * Wire}), and blocks the thread that asks, with a limit on every wait. HTTP/1.0 has no chunks: a
 * stream of events ends when the connection does. Whatever comes back is bounded, and what cannot
 * be had is an {@link dev.bugle.advertiser.client.AdminException} with a sentence that says what to
 * do.
 */
@NullMarked
package dev.bugle.advertiser.client;

import org.jspecify.annotations.NullMarked;
