/**
 * Benchmarks of whole programs: Bugle and other routers do the same job, in turn, in one run, and
 * the same receiver measures them.
 *
 * <p>A benchmark has one script in {@code benchmarks/} and one {@code ...Command} here. {@link
 * dev.bugle.benchmarks.MeasuringPeer} is the receiver: it speaks just enough BGP and shares no code
 * with what it measures. A {@link dev.bugle.benchmarks.Contender} is one way to do the job; one
 * that cannot take part is reported by name. All times are readings of {@link System#nanoTime} in
 * one JVM.
 *
 * <p>Everything runs on loopback and high ports, in a temporary directory, as an ordinary user;
 * daemons are ended by their process id. BFD has a port of its own and is measured otherwise, in
 * {@link dev.bugle.benchmarks.bfd}; what routers do with a full table, in {@link
 * dev.bugle.benchmarks.table}.
 */
@NullMarked
package dev.bugle.benchmarks;

import org.jspecify.annotations.NullMarked;
