/**
 * Services of type LoadBalancer as VIPs.
 *
 * <p>{@link dev.bugle.k8s.service.ServicesProvider} makes a source of VIPs for the advertiser. What
 * comes of a Service is pure: {@code Translation} makes VIPs of one, with {@code Eligibility} for
 * what its endpoints allow, and {@code Assembly} puts together what became of all. The same objects
 * come to the same result on every node, but for which endpoints are its own.
 *
 * <p>A {@code Reflector} for each kind of object lists and watches, and fills the {@code Cluster}.
 * Objects are read while they come, and only what is needed of them is kept: of a Service that is
 * none of ours nothing, of an EndpointSlice in which places there are endpoints. So neither the
 * number of objects nor what strangers write into them decides how much memory it takes.
 *
 * <p>Threads, of {@code KubernetesServices}: one for each reflector; one that waits until several
 * changes that belong together have arrived, and states all VIPs anew; one, {@code Writes}, that
 * writes status and Events while it holds a Lease, one request after the other.
 */
@NullMarked
package dev.bugle.k8s.service;

import org.jspecify.annotations.NullMarked;
