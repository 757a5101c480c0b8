/**
 * Real routers against the real program.
 *
 * <p>A {@link dev.bugle.it.Lab} makes a {@link dev.bugle.it.Machine}: a small Linux of its own with
 * one wire to the host, over IPv4 and IPv6. There are two kinds: network namespaces with the
 * daemons that Debian installed, and containers with the same daemons. A {@link
 * dev.bugle.it.RealRouter} drives one daemon in a machine and reads what the daemon itself says of
 * its session and its routes; nothing that a test asserts about a router comes from Bugle's own
 * state.
 *
 * <p>{@link dev.bugle.it.PeerContract} is what every router must see of Bugle. Each combination of
 * router and lab is a class of its own, so that a report names it. Bugle runs in the host's
 * namespace, on the host's end of the wire.
 *
 * <p>{@link dev.bugle.it.FeatureContract} is what sessions can agree on, in chapters; its tests run
 * against each router that has a {@link dev.bugle.it.Feature}. What all of them have shown of which
 * router is recorded ({@link dev.bugle.it.Interop}), and docs/interop.md is held to it ({@link
 * dev.bugle.it.InteropPageCheck}).
 *
 * <p>{@link dev.bugle.it.DifferentialTest} lets Bugle and two daemons be the same router, as {@link
 * dev.bugle.it.ComparedRouter}s, and compares what they make of the same octets.
 *
 * <p>{@link dev.bugle.it.BfdContract} is the contract of BFD, in chapters; its drivers are {@link
 * dev.bugle.it.RealBfd}s.
 *
 * <p>All that a test makes carries {@link dev.bugle.it.Belongings#PREFIX}, unique to this process;
 * {@link dev.bugle.it.NothingLeftBehind} looks for it after each class. These tests wait, always by
 * polling and always with a deadline ({@link dev.bugle.it.Eventually}).
 */
@NullMarked
package dev.bugle.it;

import org.jspecify.annotations.NullMarked;
