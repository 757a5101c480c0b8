/**
 * The Kubernetes adapter: objects of the API as inputs of the advertiser. It stays thin: it turns
 * them into leadership and VIPs, and decides nothing about routes.
 *
 * <ul>
 *   <li>{@code api}: the way to the API server, through fabric8's client.
 *   <li>{@link dev.bugle.k8s.lease}: leadership by a Lease.
 *   <li>{@code manifest}: {@code bugle manifest}, which talks to no cluster.
 *   <li>{@link dev.bugle.k8s.service}: Services of type LoadBalancer as VIPs.
 * </ul>
 */
@NullMarked
package dev.bugle.k8s;

import org.jspecify.annotations.NullMarked;
