/**
 * Leadership: whether this process may announce a VIP now, and until when that is certain.
 *
 * <p>The port is {@link dev.bugle.advertiser.leadership.Elector}. An elector takes part in some
 * election on a thread of its own and publishes a {@link
 * dev.bugle.advertiser.leadership.Leadership}: an immutable snapshot which says until when the
 * leadership is held, on this process's monotonic clock. That time is counted from the
 * <em>start</em> of the check that confirmed it, because whoever grants it may have started
 * counting then. Nobody has to say that leadership ended: once the time has passed it is over, also
 * when the elector's thread hangs.
 *
 * <p>The round trip is: waiting, held, lost, and, after {@link
 * dev.bugle.advertiser.leadership.Elector#release()}, waiting again. Lost and waiting differ: an
 * elector that has lost holds on to what it has (a lock, say) until the advertiser has withdrawn
 * the routes and flushed them to the sockets, and says so by {@code release()}. Yielding is held,
 * too, but to be released in order, since the preferred candidate is to lead. Whether this process
 * competes at all is said by {@link dev.bugle.advertiser.leadership.Elector#stand}.
 *
 * <p>A kind of election is an {@link dev.bugle.advertiser.leadership.ElectorProvider}: its section
 * of the configuration, and how its electors are made. {@link
 * dev.bugle.advertiser.leadership.ElectorKinds} has those that come with the advertiser and those
 * that the service loader finds. Those that come with it are:
 *
 * <ul>
 *   <li>{@link dev.bugle.advertiser.leadership.AlwaysElector}: held forever; for anycast, or a
 *       single node.
 *   <li>{@link dev.bugle.advertiser.leadership.FileLockElector}: one of several processes on a
 *       host, by an exclusive lock on a file. {@code PreferredSeat} is how one of them is
 *       preferred.
 * </ul>
 */
@NullMarked
package dev.bugle.advertiser.leadership;

import org.jspecify.annotations.NullMarked;
