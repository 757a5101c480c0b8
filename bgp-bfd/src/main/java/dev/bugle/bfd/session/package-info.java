/**
 * The session: the state machine of RFC 5880 §6.8, pure.
 *
 * <p>{@link dev.bugle.bfd.session.SessionFsm} takes an {@link dev.bugle.bfd.session.Event} and
 * returns the {@link dev.bugle.bfd.session.Action}s to carry out. It has no clock, no thread, no
 * random numbers and no socket: time comes in as timer events, and the jitter of §6.8.7 goes out as
 * a bound. {@code Handshake} is the table of states (§6.2), {@code Peering} holds what the other
 * side has told, {@code PollSequence} what we tell and when it takes effect (§6.8.3), {@code
 * Authenticator} signs and judges, {@code SequenceWindow} knows which sequence numbers are fresh
 * (§6.7).
 *
 * <p>The detection timer runs out twice: after one Detection Time the other side is no longer
 * known, and a session that was INIT or UP has failed (§6.8.4); after two its sequence number is
 * forgotten (§6.8.1). In our Demand mode it counts from the beginning of a poll; without a poll the
 * first expiry says only that no answer to the last one is on its way.
 *
 * <p>Not thread-safe: one thread, that of the driver, calls the machine.
 */
@NullMarked
package dev.bugle.bfd.session;

import org.jspecify.annotations.NullMarked;
