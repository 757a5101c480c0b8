/**
 * The system calls of Linux that BFD needs, and nothing of BFD.
 *
 * <p>Sockets are used through the C library, not through a network library, for three reasons: the
 * TTL and the interface of a received packet come only as control messages of {@code recvmmsg}; a
 * wait must end within microseconds of its time ({@code ppoll}); and nothing may be allocated per
 * packet. See docs/adr/0008.
 *
 * <p>{@link dev.bugle.bfd.linux.Kernel} is the way in. Layouts of structures are those of 64-bit
 * Linux. Except where it is said otherwise, objects are not thread-safe.
 */
@NullMarked
package dev.bugle.bfd.linux;

import org.jspecify.annotations.NullMarked;
