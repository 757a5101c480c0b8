/**
 * The tables of routes (RFC 4271 §3.2): what we announce, and what each peer has been told of it.
 *
 * <p>{@link dev.bugle.bgp.rib.LocalRib} holds the desired set; {@link dev.bugle.bgp.rib.AdjRibOut}
 * holds, for one peer, the difference between desired and sent, and packs it into UPDATEs. Nobody
 * says "send": the difference is the work.
 *
 * <p>Each table has a single writer and no lock: the speaker's RIB loop writes {@code LocalRib},
 * the session's event loop writes its {@code AdjRibOut}.
 */
@NullMarked
package dev.bugle.bgp.rib;

import org.jspecify.annotations.NullMarked;
