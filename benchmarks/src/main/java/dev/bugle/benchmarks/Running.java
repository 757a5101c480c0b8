package dev.bugle.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processes that are one router, in the order in which they were started. */
record Running(List<Daemon> processes) implements AutoCloseable {

  Running {
    processes = List.copyOf(processes);
  }

  static Running of(Daemon single) {
    return new Running(List.of(single));
  }

  void requireAlive() throws IOException {
    for (Daemon process : processes) {
      process.requireAlive();
    }
  }

  ProcessUse use() throws IOException {
    return ProcessUse.of(processes);
  }

  /** Pss of all: of memory that others have too, only their share. */
  long proportionalKilobytes() throws IOException {
    long kilobytes = 0;
    for (Daemon process : processes) {
      kilobytes += ProcessUse.proportionalKilobytes(process);
    }
    return kilobytes;
  }

  /** Whether it has made that file by now. */
  boolean hasMade(Path file) throws IOException {
    requireAlive();
    return Files.exists(file);
  }

  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).close();
    }
  }
}
