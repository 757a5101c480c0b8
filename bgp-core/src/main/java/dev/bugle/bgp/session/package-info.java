/**
 * The session: the state machine of RFC 4271 §8, pure.
 *
 * <p>{@link dev.bugle.bgp.session.SessionFsm} takes an {@link dev.bugle.bgp.session.Event} and
 * returns the {@link dev.bugle.bgp.session.Action}s to carry out. It has no clock, no thread, no
 * random numbers, no logger and no socket: time comes in as timer events, and a timer that RFC 4271
 * §10 wants jittered goes out marked as such. The driver at the root carries the actions out; tests
 * and tools can drive the machine by hand.
 *
 * <p>One machine holds one peer. It may have two connections at a time, one that each side opened
 * ({@link dev.bugle.bgp.session.Initiator}), until collision detection (RFC 4271 §6.8) leaves one.
 * {@code Connection} holds the state and the timers of one and carries its steps out; the machine
 * decides which to take. What OPEN proposes and what the two ends agree on is computed in {@code
 * OpenNegotiation}.
 *
 * <p>Who watches the path to the peer, which is typically BFD (RFC 5882), tells what it knows as an
 * event with a {@link dev.bugle.bgp.session.PathState}. A path that fails ends the session; in
 * strict mode the session also waits in IDLE until the path lets it begin, with no timer and no
 * connection.
 *
 * <p>Not thread-safe: one thread, the session's event loop, calls the machine.
 */
@NullMarked
package dev.bugle.bgp.session;

import org.jspecify.annotations.NullMarked;
