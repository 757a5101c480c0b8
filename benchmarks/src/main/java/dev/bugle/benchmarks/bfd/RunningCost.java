package dev.bugle.benchmarks.bfd;

import dev.bugle.benchmarks.Daemon;
import dev.bugle.benchmarks.ProcessUse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What sessions cost while nothing happens to them. */
final class RunningCost {

  /** One tick of the kernel's account is 0.05 % of a core in that time. */
  private static final Duration INTERVAL = Duration.ofSeconds(20);

  private static final int MANY = 1000;
  private static final double KILOBYTES_PER_MEGABYTE = 1024;

  private RunningCost() {}

  static Finding ofOneSession(Trial trial, Path directory)
      throws IOException, InterruptedException {
    try (Pairing pairing = Pairing.start(trial, 1, directory)) {
      try (Capture capture = pairing.capture()) {
        pairing.requireSteady(capture);
      }
      List<Daemon> processes = pairing.speaker().processes();
      double percent = cpuPercent(pairing.speaker());
      return new Finding.Cost(percent, megabytes(processes), megabytes(processes.subList(0, 1)));
    }
  }

  static Finding ofManySessions(Trial trial, Path directory)
      throws IOException, InterruptedException {
    double one;
    try (Pairing pairing = Pairing.start(trial, 1, directory)) {
      pairing.requireAllUp();
      one = megabytes(pairing.speaker().processes());
    }
    try (Pairing pairing = Pairing.start(trial, MANY, directory)) {
      pairing.requireAllUp();
      double percent = cpuPercent(pairing.speaker());
      double many = megabytes(pairing.speaker().processes());
      return new Finding.Many(
          MANY, pairing.neighbour().sessionsUp(), percent, new Finding.Many.Growth(one, many));
    }
  }

  private static double cpuPercent(Contender.Speaker speaker)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    long before = ProcessUse.of(speaker.processes()).ticks();
    Thread.sleep(INTERVAL.toMillis());
    speaker.requireAlive();
    long ticks = ProcessUse.of(speaker.processes()).ticks() - before;
    double seconds = (System.nanoTime() - began) / 1e9;
    return 100.0 * ticks / ProcessUse.TICKS_PER_SECOND / seconds;
  }

  private static double megabytes(List<Daemon> processes) throws IOException {
    return ProcessUse.of(processes).residentKilobytes() / KILOBYTES_PER_MEGABYTE;
  }
}
