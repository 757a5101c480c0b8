/**
 * What families other than unicast carry: one file for each kind of NLRI, with the record, its
 * decoder, its encoder and its text.
 *
 * <p>{@link dev.bugle.bgp.wire.nlri.Families#ALL} has the codec of each of them, and is what a
 * speaker begins with. That a family can be read says nothing of what is negotiated: only families
 * that a peer is configured with are offered to it.
 *
 * <ul>
 *   <li>multicast (SAFI 2): {@link dev.bugle.bgp.wire.Prefix}, as in unicast
 *   <li>labelled unicast (RFC 8277): {@link dev.bugle.bgp.wire.nlri.LabelledPrefix}
 *   <li>VPN (RFC 4364, RFC 4659): {@link dev.bugle.bgp.wire.nlri.VpnPrefix}
 *   <li>flow specifications (RFC 8955, RFC 8956): {@link dev.bugle.bgp.wire.nlri.FlowSpec}, and
 *       {@link dev.bugle.bgp.wire.nlri.VpnFlowSpec}
 *   <li>Ethernet VPN (RFC 7432, RFC 9136): {@link dev.bugle.bgp.wire.nlri.EvpnRoute}
 *   <li>route target constraint (RFC 4684): {@link dev.bugle.bgp.wire.nlri.RouteTargetMembership}
 * </ul>
 *
 * <p>Every value prints as it is parsed; a text that is wrong is answered with the column and what
 * was expected there ({@code Words}). A field that is wrong is an Invalid Network Field, which as
 * part of MP_REACH_NLRI or MP_UNREACH_NLRI ends the session (RFC 7606 §5.3, RFC 4760 §7). Route
 * types that nobody has told us of are kept as they are. Everything here is immutable and may be
 * used from any thread.
 */
@NullMarked
package dev.bugle.bgp.wire.nlri;

import org.jspecify.annotations.NullMarked;
