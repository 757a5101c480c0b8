/**
 * BGP-LS (RFC 9552): the nodes, links and prefixes of somebody's topology, as a speaker is told
 * them. An artifact of its own, because it brings OpenDaylight's bgpcep along; {@link
 * dev.bugle.bgp.ls.LinkState} is the way in.
 *
 * <p>It goes through the open door of {@code bgp-core}: an NLRI codec for 16388/71 and an attribute
 * codec for type 29. The NLRI are {@link dev.bugle.bgp.ls.NodeNlri}, {@link
 * dev.bugle.bgp.ls.LinkNlri} and {@link dev.bugle.bgp.ls.PrefixNlri}, what is known of them is in
 * {@link dev.bugle.bgp.ls.LinkStateAttribute}. All of these are lists of TLVs, kept as they are on
 * the wire; what a TLV says is read with its row: {@link dev.bugle.bgp.ls.Descriptor}, {@link
 * dev.bugle.bgp.ls.NodeTlv}, {@link dev.bugle.bgp.ls.LinkTlv}, {@link dev.bugle.bgp.ls.PrefixTlv}.
 * So whatever was received is written again octet by octet, with what nobody knows in it.
 *
 * <p>TLVs are framed here. bgpcep is given the value of one known TLV at a time, in a buffer of its
 * own, by the classes that are called after it, and by the rows; no type of its is in the API. What
 * it throws, or leaves unread, says that this value cannot be read, and no more: contents make
 * nothing malformed (RFC 9552 §8.2.2). Lengths and order do, and are checked here:
 *
 * <ul>
 *   <li>an NLRI that ends behind its field is an Invalid Network Field, and ends the session;
 *   <li>one that is malformed inside is a {@link dev.bugle.bgp.ls.MalformedLinkStateNlri}, which is
 *       neither announced nor withdrawn (NLRI discard);
 *   <li>a malformed attribute is dropped, and the NLRI beside it stand (attribute discard).
 * </ul>
 *
 * <p>Everything here is immutable and may be used from any thread.
 */
@NullMarked
package dev.bugle.bgp.ls;

import org.jspecify.annotations.NullMarked;
