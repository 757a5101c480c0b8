/**
 * MRT, the form in which routers and collectors leave tables and messages in files (RFC 6396; RFC
 * 8050 for several paths): records, and a reader and a writer of streams of them.
 *
 * <p>What is understood: of TABLE_DUMP_V2 the peer index table ({@link
 * dev.bugle.bgp.mrt.PeerIndexTable}) and the RIB records of every family that the codecs know
 * ({@link dev.bugle.bgp.mrt.RibRecord}); of BGP4MP and BGP4MP_ET the messages ({@link
 * dev.bugle.bgp.mrt.Bgp4mpMessage}) and the changes of state ({@link
 * dev.bugle.bgp.mrt.Bgp4mpStateChange}). Everything else, as of other protocols, is kept octet for
 * octet ({@link dev.bugle.bgp.mrt.OpaqueBody}).
 *
 * <p>Attributes, NLRI and messages are those of {@code wire}: there is no second codec. Knows the
 * JDK, {@code wire} and buffers. Values are immutable and may be used from any thread; a {@link
 * dev.bugle.bgp.mrt.MrtReader} and a {@link dev.bugle.bgp.mrt.MrtWriter} belong to one at a time.
 *
 * <p>A file is as hostile as a peer: every length is checked before it is followed, and what one
 * record takes is bounded by what the record has. A record with a fault is a {@link
 * dev.bugle.bgp.mrt.MalformedMrtException}, and the next one can still be read.
 */
@NullMarked
package dev.bugle.bgp.mrt;

import org.jspecify.annotations.NullMarked;
