/**
 * Bidirectional Forwarding Detection (RFC 5880).
 *
 * <p>The protocol is here: {@code wire} has the control packet and its authentication, {@code
 * session} the pure state machine with every timer rule. The drivers that touch sockets and time
 * are not written yet; they will be in this package. This library does not know BGP; the advertiser
 * couples the two.
 */
@NullMarked
package dev.bugle.bfd;

import org.jspecify.annotations.NullMarked;
