/**
 * The BGP speaker: the public entry of the library, and the drivers that touch Netty and time.
 *
 * <p>{@link dev.bugle.bgp.BgpSpeaker} is what a program opens. It adds peers ({@link
 * dev.bugle.bgp.PeerConfig}, {@link dev.bugle.bgp.PeerListener}) and announces routes ({@link
 * dev.bugle.bgp.Route}, {@link dev.bugle.bgp.Announcement}).
 *
 * <p>Threads: a speaker has a small group of event loops. One of them, the RIB loop, is the only
 * writer of the desired set; each peer's session lives on one of them, and everything of that
 * session runs there: its state machine, its timers, its sockets, its Adj-RIB-Out, its listener.
 * The RIB loop hands changes to the sessions, in order, as tasks. Public methods may be called from
 * any thread.
 *
 * <p>Inside, {@code PeerSession} is the driver of one {@link dev.bugle.bgp.session.SessionFsm}: it
 * feeds events through a queue and carries the actions out. {@code Connection} is one TCP
 * connection, {@code SessionTimers} its clock, {@code UpdateSender} the way from the Adj-RIB-Out to
 * the socket, {@code Acceptor} the listening side.
 */
@NullMarked
package dev.bugle.bgp;

import org.jspecify.annotations.NullMarked;
