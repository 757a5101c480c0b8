/**
 * BMP, by which a router tells a station what its peers say (RFC 7854; RFC 8671 for what it tells
 * them, RFC 9069 for what is best of it): the messages, and their codec both ways.
 *
 * <p>BGP messages inside are kept octet for octet, as they were on the wire; {@code wire} reads
 * them. Knows the JDK, {@code wire} and buffers. Values are immutable; everything may be used from
 * any thread. The exporter, which has the socket and the clock, is in the root.
 *
 * <p>A station reads from strangers: every length is checked before it is followed, and a message
 * beyond {@link dev.bugle.bgp.bmp.BmpCodec#LONGEST_MESSAGE} is a fault.
 */
@NullMarked
package dev.bugle.bgp.bmp;

import org.jspecify.annotations.NullMarked;
