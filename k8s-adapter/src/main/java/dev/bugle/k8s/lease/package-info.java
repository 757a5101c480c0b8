/**
 * Leadership by a Lease of {@code coordination.k8s.io}, among the candidates of a cluster.
 *
 * <p>A Lease says who holds it, for how long, and when the holder last renewed it. It has the
 * fields and the meaning that client-go gives them, so electors of client-go can be candidates,
 * too. Two rules make it safe, and neither reads another host's clock:
 *
 * <ul>
 *   <li>The holder leads until {@code renew-deadline} after the <em>start</em> of the last request
 *       that renewed the Lease, by its own monotonic clock.
 *   <li>Another takes the Lease only after it has seen the same record, by its own monotonic clock,
 *       for the whole {@code leaseDurationSeconds} that stand in it. It saw the record after the
 *       server had it, and the server had it after the request had begun; so between the end of the
 *       one and the beginning of the other lies at least lease-duration less renew-deadline. That
 *       is for clocks that run at different speeds and for the routes to go away.
 * </ul>
 *
 * <p>Every change names the resourceVersion that was seen last, so of two candidates one gets a
 * conflict. A Lease that was made anew is held for one lease-duration before its holder leads:
 * whoever held the one that was deleted may not have noticed yet.
 *
 * <p>{@link dev.bugle.k8s.lease.LeaseProvider} makes the electors. An elector has a thread of its
 * own; it makes one call after the other ({@code LeaseApi}), as the pure {@code LeaseFsm} says.
 */
@NullMarked
package dev.bugle.k8s.lease;

import org.jspecify.annotations.NullMarked;
