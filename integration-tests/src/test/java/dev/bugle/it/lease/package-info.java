/**
 * A kind of election with leases, as Kubernetes has them, for the tests of safety: {@code type:
 * lease}.
 *
 * <p>{@link dev.bugle.it.lease.LeaseServer} keeps one record, who holds it in which version, and
 * changes it for whoever knows the version. It knows nothing of time. Its answers can be late, or
 * stay away. It notes what it has granted, for the checker of histories.
 *
 * <p>{@code LeaseElector} decides: the holder puts a new version every poll interval, and counts
 * its lease from before the request, less a margin for clocks that run apart. Others take over when
 * they have seen no new version for a whole lease, on their own clock.
 */
@NullMarked
package dev.bugle.it.lease;

import org.jspecify.annotations.NullMarked;
