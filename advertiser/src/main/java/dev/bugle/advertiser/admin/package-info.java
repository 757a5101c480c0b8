/**
 * The admin server: HTTP for probes, metrics, people and programs, on a thread of its own.
 *
 * <pre>
 *   socket -- [TLS] -- Patience -- HTTP codec -- Exchange --&gt; Admission --&gt; RouteTable --&gt; handler
 *                                                   ^                                       |
 *                                                   +------- Answer, or EventStream --------+
 * </pre>
 *
 * <p>What it serves is handed in as {@link dev.bugle.advertiser.admin.AdminContent}: a list of
 * {@link dev.bugle.advertiser.admin.Route}s, each declared once with its path, parameters, body,
 * answer and handler. Requests are checked against that declaration before the handler sees them,
 * and {@code /v1/openapi.json} is written from it, so the two cannot differ.
 *
 * <p>Everybody who can connect is a stranger until the token is seen. {@code Target} takes paths
 * apart: it decodes once, and refuses what could be read in two ways. {@code Admission} says who
 * may ask: the token over TCP, the permissions of the file for a Unix socket; where there is no
 * token, no web page may ask through the browser of somebody on this host. {@code Exchange} reads
 * bodies up to a bound and holds one request at a time for each connection. {@code Patience} ends
 * connections that take too long, {@code Connections} those that are too many, the longest idle
 * first. An error is answered as a problem (RFC 9457) that says what to do.
 *
 * <p>Threads: {@code bugle-admin} is the event loop of everything here, and runs the handlers; it
 * is none of BGP's. Handlers must not block: they read snapshots, or return a stage that completes
 * elsewhere. {@code bugle-admin-files} looks once a second whether token or certificate changed,
 * and is there only if there is one. {@link dev.bugle.advertiser.admin.EventStream#publish} may be
 * called from any thread and waits for nobody: each subscriber has a bounded queue, and one who
 * does not read is disconnected.
 */
@NullMarked
package dev.bugle.advertiser.admin;

import org.jspecify.annotations.NullMarked;
