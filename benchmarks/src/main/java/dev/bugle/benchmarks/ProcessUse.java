package dev.bugle.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What processes have used of the machine.
 *
 * @param ticks of processor time since they began, of which there are {@link #TICKS_PER_SECOND}
 * @param residentKilobytes memory at this moment
 */
public record ProcessUse(long ticks, long residentKilobytes) {

  /** {@code USER_HZ}, which is this on every architecture that has a JVM of today. */
  public static final int TICKS_PER_SECOND = 100;

  /** Pss: of memory that others have too, only its share. */
  public static long proportionalKilobytes(Daemon process) throws IOException {
    return kilobytes(
        Files.readString(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup")), "Pss:");
  }

  /** VmHWM: the most memory that was resident since it began. */
  public static long peakKilobytes(Daemon process) throws IOException {
    return kilobytes(
        Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")), "VmHWM:");
  }

  /** Of all these together. */
  public static ProcessUse of(List<Daemon> processes) throws IOException {
    long ticks = 0;
    long kilobytes = 0;
    for (Daemon process : processes) {
      Path directory = Path.of("/proc", Long.toString(process.pid()));
      ticks += ticks(Files.readString(directory.resolve("stat")));
      kilobytes += residentKilobytes(Files.readString(directory.resolve("status")));
    }
    return new ProcessUse(ticks, kilobytes);
  }

  /** utime and stime from the text of {@code /proc/PID/stat}. */
  public static long ticks(String stat) {
    // The name of the program comes before, in parentheses, and may have spaces in it.
    String[] cells = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(cells[11]) + Long.parseLong(cells[12]);
  }

  /** VmRSS from the text of {@code /proc/PID/status}. */
  public static long residentKilobytes(String status) {
    return kilobytes(status, "VmRSS:");
  }

  private static long kilobytes(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }
}
