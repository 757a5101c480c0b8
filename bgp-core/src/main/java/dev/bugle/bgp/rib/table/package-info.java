/**
 * What was learned, and what is best (RFC 4271 §3.2, §9.1): the Adj-RIBs-In and the Loc-RIB of one
 * address family in one table.
 *
 * <p>A {@link dev.bugle.bgp.rib.table.RoutingTable} has, for each destination, the paths of all
 * peers, the best one first. So the Adj-RIB-In of a peer is not a table of its own, but those paths
 * of the table that have it as their {@link dev.bugle.bgp.rib.table.PathSource}.
 *
 * <p>Nothing is kept for a destination that can be kept once for many: a peer's destinations with
 * one set of attributes share one {@link dev.bugle.bgp.rib.table.LearnedPath} ({@code PathSet}),
 * and paths of different peers share equal attributes. A destination costs its key, a slot of the
 * index and one reference as long as it has one path.
 *
 * <p>{@link dev.bugle.bgp.rib.table.Dissemination} tells the peers of it (RFC 4271 §9.1.3, §9.2).
 * {@code ChangeLog} has the numbers of the destinations that have changed, each once, in the order
 * of their last changes. Each session is a {@link dev.bugle.bgp.rib.table.Recipient}: it walks
 * through the table once, and then reads the log at its own speed. Its Adj-RIB-Out is a bit for
 * each destination; what the peer knows of it is what the table says, unless the log says that it
 * has changed. Sessions on equal {@link dev.bugle.bgp.rib.table.PeerTerms} are an {@code
 * UpdateGroup}: what a path becomes for them is found once while they are told ({@link
 * dev.bugle.bgp.rib.table.Propagation}, {@code ToldPaths}), and for those that stand at the same
 * place a {@code Window} of the log is written once into UPDATEs. Where a peer is told otherwise,
 * because a path came from it or it knows something that others do not, its {@code Selection}
 * differs, and only that window is written again for it.
 *
 * <p>{@link dev.bugle.bgp.rib.table.Decision} selects; it is pure, and says for each path why it is
 * not the best. {@link dev.bugle.bgp.rib.table.Propagation} says what peers of a kind are told of a
 * path: peers for which it is equal can share what is computed from it. A table has one writer at a
 * time and no lock.
 */
@NullMarked
package dev.bugle.bgp.rib.table;

import org.jspecify.annotations.NullMarked;
