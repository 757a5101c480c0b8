/**
 * The BGP speaker: the public entry of the library, and the drivers that touch Netty and time.
 *
 * <p>{@link dev.bugle.bgp.BgpSpeaker} is what a program opens. It adds peers ({@link
 * dev.bugle.bgp.PeerConfig}, {@link dev.bugle.bgp.PeerListener}) and announces routes ({@link
 * dev.bugle.bgp.Route}, {@link dev.bugle.bgp.Announcement}). Peers whose addresses are not known
 * before they connect come from a range ({@link dev.bugle.bgp.DynamicPeers}): each has a place
 * there while it has a connection.
 *
 * <p>A peer may be given by the interface that it is behind ({@link dev.bugle.bgp.PeerAddress}).
 * {@code NeighbourDiscovery} then finds its link-local address, on a thread of its own that there
 * is only where there are such peers, and begins its session.
 *
 * <p>Threads: a speaker has a small group of event loops. Each peer's session lives on one of them,
 * and everything of that session runs there: its state machine, its timers, its sockets, its
 * Adj-RIB-Out, its listener. The desired set has no thread: whoever announces or withdraws changes
 * it, one at a time, and hands the change to every session as a task, so that the sessions get the
 * changes in one order. Public methods may be called from any thread.
 *
 * <p>Inside, {@code SessionDriver} is the driver of one {@link dev.bugle.bgp.session.SessionFsm}:
 * it feeds events through a queue and carries the actions out, on the session's event loop; {@code
 * PeerSession} is the way there from other threads. {@code SessionConnections} are the connections
 * of a session and {@code Connection} is one of them, {@code SessionTimers} its clock, {@code
 * RouteFeed} what its peer is told of routes, {@code UpdateSender} the way from the Adj-RIB-Out to
 * the socket, {@code Acceptor} the listening side. {@code StatusBoard} and {@code SessionCounters}
 * hold what can be seen of a session from another thread; {@code Meters} exports it.
 *
 * <p>A speaker with a routing table has one thread more, on which {@code RoutingTables} runs.
 * {@code LearnedFeed} brings to it what a session learns; our own announcements go there, too, as
 * candidates. What a peer is told comes from there then: {@code Delivery} asks the table for as
 * much as the session can take, and {@code TableFeed} writes it to the socket, on the session's
 * event loop, which never waits for the tables. No more than some 1 MB per session is written ahead
 * of its socket; the rest is not written down anywhere.
 *
 * <p>What protects a peer's connections ({@link dev.bugle.bgp.PeerTransport}) is in the system's
 * hands: {@code PeerProtection} puts it on every socket of the peer before the socket is used, the
 * listening ones included, through {@code SocketOptions}. It can be had with epoll on Linux only
 * (RFC 2385, RFC 5082, RFC 5925).
 */
@NullMarked
package dev.bugle.bgp;

import org.jspecify.annotations.NullMarked;
