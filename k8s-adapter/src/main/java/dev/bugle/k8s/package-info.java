/**
 * The Kubernetes adapter: Leases, Services, EndpointSlices and Nodes as inputs of the advertiser.
 *
 * <p>This room is empty as yet. It stays thin: it turns objects of the API into VIPs, leadership,
 * health and drain, and writes back what Kubernetes expects; it decides nothing about routes.
 */
@NullMarked
package dev.bugle.k8s;

import org.jspecify.annotations.NullMarked;
