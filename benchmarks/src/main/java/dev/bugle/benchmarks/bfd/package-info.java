/**
 * Measures BFD: how soon a silent neighbour is found out, how often one that is not silent is held
 * for it, and what a session costs. Bugle, FRR and BIRD do the same job in one run.
 *
 * <p>A {@link dev.bugle.benchmarks.bfd.Contender} speaks BFD in its own network namespace. The
 * other end of a {@link dev.bugle.benchmarks.bfd.Link} is another namespace, with the {@link
 * dev.bugle.benchmarks.bfd.ReferenceNeighbour}: BIRD under {@code SCHED_FIFO}, so that no load of
 * ours keeps it from sending. Three things can be asked of the {@link
 * dev.bugle.benchmarks.bfd.Pairing} of the two: a {@link dev.bugle.benchmarks.bfd.Capture} of the
 * contender's end of the link, silence of the neighbour, and what the contender's processes use.
 *
 * <p>All times are the kernel's, taken when it handed a packet to the contender's interface or took
 * one from it, so neither this JVM nor a daemon's log has a part in them. The packets are read
 * without code of {@code dev.bugle.bfd}, which is measured.
 *
 * <p>A {@link dev.bugle.benchmarks.bfd.Trial} is one measurement of one contender under one load.
 * Trials of contenders that mostly wait run side by side; those under load one after another.
 *
 * <p>Everything happens in namespaces that a run makes and removes; that takes root.
 */
@NullMarked
package dev.bugle.benchmarks.bfd;

import org.jspecify.annotations.NullMarked;
