/**
 * The session: the state machine of RFC 5880 §6.8, pure.
 *
 * <p>{@link dev.bugle.bfd.session.SessionFsm} takes an {@link dev.bugle.bfd.session.Event} and
 * returns the {@link dev.bugle.bfd.session.Action}s to carry out. It has no clock, no thread, no
 * random numbers and no socket: time comes in as timer events, and the jitter of §6.8.7 goes out as
 * a bound. {@code Peering} holds what the other side has told, {@code PollSequence} when changed
 * intervals take effect (§6.8.3), {@code SequenceWindow} which authenticated packets are fresh
 * (§6.7).
 *
 * <p>Not thread-safe: one thread, that of the driver, calls the machine.
 */
@NullMarked
package dev.bugle.bfd.session;

import org.jspecify.annotations.NullMarked;
