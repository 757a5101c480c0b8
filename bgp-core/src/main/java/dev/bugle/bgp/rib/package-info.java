/**
 * The tables of routes (RFC 4271 §3.2): what we announce, and what each peer has been told of it.
 *
 * <p>{@link dev.bugle.bgp.rib.LocalRib} holds the desired set; {@link dev.bugle.bgp.rib.AdjRibOut}
 * holds, for one peer, the difference between desired and sent, and packs it into UPDATEs. Nobody
 * says "send": the difference is the work.
 *
 * <p>Between the two, {@link dev.bugle.bgp.rib.Export} fits a route to a session, and asks its
 * {@link dev.bugle.bgp.rib.RoutePolicy} first. A policy judges a {@link
 * dev.bugle.bgp.rib.PolicyRoute}, which is one that we announce or one that was learned.
 *
 * <p>Each table has one writer at a time and no lock: the speaker lets only one change of {@code
 * LocalRib} happen at once, the session's event loop writes its {@code AdjRibOut}.
 */
@NullMarked
package dev.bugle.bgp.rib;

import org.jspecify.annotations.NullMarked;
