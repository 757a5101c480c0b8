/**
 * What Linux knows of the neighbours on a link, and nothing of BGP: its table of neighbours,
 * through rtnetlink, and the Router Advertisements of Neighbor Discovery (RFC 4861), through a raw
 * socket.
 *
 * <p>{@link dev.bugle.bgp.linux.Kernel} is the way in. Layouts of structures are those of 64-bit
 * Linux. What was received is decoded by {@link dev.bugle.bgp.linux.NeighbourDump} and {@link
 * dev.bugle.bgp.linux.RouterAdvertisement}, which touch nothing but the octets. Except where it is
 * said otherwise, objects are not thread-safe.
 */
@NullMarked
package dev.bugle.bgp.linux;

import org.jspecify.annotations.NullMarked;
