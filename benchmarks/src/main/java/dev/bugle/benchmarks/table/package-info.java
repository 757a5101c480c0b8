/**
 * {@code benchmarks/full-table}: routers take in a full table and tell others of it.
 *
 * <p>{@link dev.bugle.benchmarks.table.FullTable} makes a table from a seed, as the octets that a
 * peer would send. A {@link dev.bugle.benchmarks.table.Feed} writes them to the socket of a {@link
 * dev.bugle.benchmarks.table.Session}, with a thread for each sender; one more thread, {@link
 * dev.bugle.benchmarks.table.Reception}, reads all sockets and lets {@link
 * dev.bugle.benchmarks.table.UpdateCounter}s tell the prefixes by their numbers in the {@link
 * dev.bugle.benchmarks.table.PrefixSet}. None of this shares code with what it measures, and what
 * it takes by itself is measured, too, as the contender {@code harness}.
 *
 * <p>A {@link dev.bugle.benchmarks.table.TableContender} starts a router as a process of its own.
 * Where no receiver can tell when it has everything, the router is asked for the last prefix,
 * through its own control interface, since a table is taken in in the order of a session.
 */
@NullMarked
package dev.bugle.benchmarks.table;

import org.jspecify.annotations.NullMarked;
