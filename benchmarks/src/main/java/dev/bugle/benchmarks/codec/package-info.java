/**
 * The codec alone, without sockets, sessions or tables: how fast UPDATEs become objects and objects
 * become UPDATEs, and what that allocates.
 *
 * <p>{@link dev.bugle.benchmarks.codec.CodecBenchmark} is run by JMH, in a JVM of its own for each
 * contender; {@link dev.bugle.benchmarks.codec.SyntheticTable} makes the octets, the same for all
 * of them. bgpcep is here for the comparison only.
 */
@NullMarked
package dev.bugle.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
