package dev.bugle.benchmarks.bfd;

import dev.bugle.benchmarks.Daemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A BFD speaker that is measured. */
interface Contender {

  /** Its name on the command line and in reports. */
  @Override
  String toString();

  /** Why it cannot take part here, and what would help; empty when it can. */
  Optional<String> absence();

  /** Whether it has a heap in which garbage can be made. */
  default boolean collectsGarbage() {
    return false;
  }

  /** What somebody who compares two runs must know of how it was started; empty if nothing. */
  default String settings() {
    return "";
  }

  /** Starts it; it has no session up yet. */
  Speaker start(Job job) throws IOException, InterruptedException;

  /**
   * What it is to do.
   *
   * @param directory its own, empty
   * @param link where its sessions go
   * @param makesGarbage whether its process also allocates as fast as a busy program does
   */
  record Job(Path directory, Link link, Timing timing, boolean makesGarbage) {}

  /**
   * A contender that runs.
   *
   * @param processes all of them; the one that speaks BFD is the first
   */
  record Speaker(List<Daemon> processes) implements AutoCloseable {

    public Speaker {
      processes = List.copyOf(processes);
    }

    void requireAlive() throws IOException {
      for (Daemon process : processes) {
        process.requireAlive();
      }
    }

    @Override
    public void close() {
      processes.forEach(Daemon::close);
    }
  }
}
