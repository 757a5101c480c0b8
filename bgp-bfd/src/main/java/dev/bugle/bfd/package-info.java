/**
 * Bidirectional Forwarding Detection (RFC 5880) over one hop (RFC 5881) and several (RFC 5883).
 *
 * <p>{@link dev.bugle.bfd.BfdSpeaker} runs sessions; {@link dev.bugle.bfd.BfdSession} is one of
 * them. This library does not know BGP; the advertiser couples the two.
 *
 * <p>One thread serves every session of a speaker ({@code BfdThread}): its rounds send what is due,
 * read what has arrived, and then judge who was silent. All sessions receive on a few sockets
 * ({@code Receiver}), {@code Demultiplexer} finds each packet's session, {@code SessionDriver} asks
 * the pure machine of {@code session} and carries out what it says, {@code PeerPath} is the socket
 * that a session sends from. While a session is UP and nothing changes, {@code SteadyState} answers
 * in the machine's place, and nothing is allocated. {@code Reporter} tells status, listener, meters
 * and log; log lines are written on another thread, since a terminal may be slow.
 */
@NullMarked
package dev.bugle.bfd;

import org.jspecify.annotations.NullMarked;
