package dev.bugle.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What a run ran on. Figures from a busy machine say little by themselves, so its load is told.
 *
 * @param processors that the JVM may use
 * @param java the version of the JVM
 * @param load processes that ran or waited for a processor, on average over the last minute;
 *     negative where that is not known
 */
public record Machine(int processors, String java, double load) {

  /** This one at this moment. */
  public static Machine now() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().toString(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d processors, load %.1f before the run, Java %s", processors, load, java);
  }
}
