/**
 * What Linux knows of links, their addresses and the neighbours on them, and nothing of BGP.
 * Routers are found in its table of neighbours, through rtnetlink, and by the Router Advertisements
 * of Neighbor Discovery (RFC 4861), through a raw socket. {@link dev.bugle.bgp.linux.AddressTable}
 * reads and changes the addresses of interfaces, and {@link dev.bugle.bgp.linux.AddressWatch} hears
 * that others change them; the advertiser uses these.
 *
 * <p>{@link dev.bugle.bgp.linux.Kernel} is the way in. Layouts of structures are those of 64-bit
 * Linux. What was received is decoded by {@link dev.bugle.bgp.linux.NeighbourDump}, {@link
 * dev.bugle.bgp.linux.RouterAdvertisement}, {@link dev.bugle.bgp.linux.Link} and {@link
 * dev.bugle.bgp.linux.InterfaceAddress}, which touch nothing but the octets. Except where it is
 * said otherwise, objects are not thread-safe.
 */
@NullMarked
package dev.bugle.bgp.linux;

import org.jspecify.annotations.NullMarked;
