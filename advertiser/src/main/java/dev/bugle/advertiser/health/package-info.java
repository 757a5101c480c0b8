/**
 * Health: whether what stands behind a VIP works, found out by probing it.
 *
 * <p>{@link dev.bugle.advertiser.health.HealthChecks} runs checks by name, and gives a snapshot of
 * what it knows, a {@link dev.bugle.advertiser.health.Health} for each. What becomes of a VIP whose
 * check is not up is not decided here. A {@link dev.bugle.advertiser.health.HealthCheckConfig} says
 * what is probed ({@link dev.bugle.advertiser.health.Probe}: HTTP, TCP, a program, an address on an
 * interface) and when ({@link dev.bugle.advertiser.health.HealthTiming}).
 *
 * <pre>
 *   HealthChecks --step--&gt; HealthCheck --Attempt--&gt; Prober       HealthCheck --results, time--&gt; HealthFsm
 *   (bugle-health)                     (bugle-probe-N)                                          (pure)
 * </pre>
 *
 * <p>Like leadership, an UP has an end. It is reckoned from the <em>start</em> of the last probe
 * that passed, and is as far off as a failure can go unnoticed, so whoever reads the snapshot needs
 * nothing from the threads here to know that it is over.
 *
 * <p>Threads: {@code bugle-health} decides when probes start, counts their deadlines, and never
 * waits for one. A probe runs on one of the {@code bugle-probe} threads, which come and go with the
 * need. When its time is over the check has failed, whatever the probe's thread does; its socket is
 * closed, its program killed. What the system does not let end, such as looking up a name, keeps
 * its thread until it does, and until then no further probe of that check starts. So there are
 * never more threads than checks, but for 16 that may hang on behalf of checks which are no more.
 * All of them are daemons.
 *
 * <p>Nothing that a probed server sends is kept but the head of its answer, up to 64 KiB, and
 * nothing of a program's output but the last line.
 */
@NullMarked
package dev.bugle.advertiser.health;

import org.jspecify.annotations.NullMarked;
