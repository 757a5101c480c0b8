package dev.bugle.benchmarks.table;

import dev.bugle.benchmarks.Daemon;
import dev.bugle.benchmarks.ProcessUse;
import dev.bugle.benchmarks.table.TableContender.Router;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs a contender through a scenario.
 *
 * @param settle from the sessions until the table is sent
 * @param limit for each run, from there on
 */
record LoadTrials(Duration settle, Duration limit) {

  private static final Duration SESSION_LIMIT = Duration.ofSeconds(30);

  /** How long a receiver of two senders' routes has to hear nothing until that is the end. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  /** Starts a router, loads it and ends it. */
  LoadResult run(TableContender contender, Scenario scenario, FullTable table, Path directory)
      throws IOException, InterruptedException {
    InetSocketAddress own = Daemon.freeAddress();
    long began = System.nanoTime();
    try (Router router = contender.start(directory, own, scenario.neighbors())) {
      try (Load load = Load.on(own, scenario, table, patience(router))) {
        double start = seconds(began, System.nanoTime());
        Thread.sleep(settle.toMillis());
        long idle = ticks(router);
        long fed = System.nanoTime();
        load.start();
        long end =
            scenario.relays()
                ? received(load, scenario, () -> taken(router, scenario, table))
                : taken(load, () -> taken(router, scenario, table));
        double processor = (double) (ticks(router) - idle) / ProcessUse.TICKS_PER_SECOND;
        double peak = ProcessUse.peakKilobytes(router.process()) / 1024.0;
        return new LoadResult(start, seconds(fed, end), processor, peak, load.announcements());
      } catch (IOException e) {
        router.process().requireAlive();
        throw e;
      }
    }
  }

  private static Session.Patience patience(Router router) {
    return new Session.Patience(SESSION_LIMIT, router.process()::requireAlive);
  }

  /** What the senders and receivers take without a router. */
  LoadResult runDirectly(Scenario scenario, FullTable table)
      throws IOException, InterruptedException {
    try (Load load = Load.direct(scenario, table)) {
      long fed = System.nanoTime();
      load.start();
      Deadline deadline = new Deadline(limit);
      while (!load.complete()) {
        deadline.pause(load);
      }
      double wall = seconds(fed, load.changed());
      return new LoadResult(0, wall, Double.NaN, Double.NaN, load.announcements());
    }
  }

  /** Something that a router is asked. */
  @FunctionalInterface
  private interface Question {
    boolean ask() throws IOException, InterruptedException;
  }

  private static boolean taken(Router router, Scenario scenario, FullTable table)
      throws IOException, InterruptedException {
    return router.paths(table.last()) == scenario.senders().size();
  }

  /** Until every receiver has everything, and where routes are replaced, hears no more. */
  private long received(Load load, Scenario scenario, Question taken)
      throws IOException, InterruptedException {
    Deadline deadline = new Deadline(limit);
    while (!load.complete()) {
      deadline.pause(load);
    }
    if (scenario.senders().size() == 1) {
      return load.changed();
    }
    long end = taken(load, taken);
    while (System.nanoTime() - load.changed() < QUIET.toNanos()) {
      deadline.pause(load);
      load.complete(); // fails when a session has ended
    }
    return load.changed() - end > 0 ? load.changed() : end;
  }

  /** Until the router has the last prefix. It is asked seldom enough not to be disturbed by it. */
  private long taken(Load load, Question taken) throws IOException, InterruptedException {
    Deadline deadline = new Deadline(limit);
    while (!load.written()) {
      deadline.pause(load);
    }
    while (!taken.ask()) {
      deadline.pauseHundredth(load);
    }
    return System.nanoTime();
  }

  private static long ticks(Router router) throws IOException {
    return ProcessUse.of(List.of(router.process())).ticks();
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }

  /** Waits by and by, but not for ever. */
  private static final class Deadline {
    private final long began = System.nanoTime();
    private final Duration limit;

    Deadline(Duration limit) {
      this.limit = limit;
    }

    void pause(Load load) throws IOException, InterruptedException {
      pause(load, 1);
    }

    /** A hundredth of the time so far. */
    void pauseHundredth(Load load) throws IOException, InterruptedException {
      pause(load, Math.max(2, (System.nanoTime() - began) / 100_000_000));
    }

    private void pause(Load load, long millis) throws IOException, InterruptedException {
      if (System.nanoTime() - began > limit.toNanos()) {
        throw new IOException(
            "it has not done it within %d s: %s".formatted(limit.toSeconds(), load.progress()));
      }
      Thread.sleep(millis);
    }
  }
}
