/**
 * Bidirectional Forwarding Detection (RFC 5880).
 *
 * <p>This room is empty as yet. It will have the same inner rooms as {@code dev.bugle.bgp}: {@code
 * wire} for the control packet, {@code session} for the pure state machine, and the drivers that
 * touch sockets and time at the root. It does not know BGP; the advertiser couples the two.
 */
@NullMarked
package dev.bugle.bfd;

import org.jspecify.annotations.NullMarked;
