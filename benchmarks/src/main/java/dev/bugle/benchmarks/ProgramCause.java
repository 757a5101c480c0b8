package dev.bugle.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** Why {@code ./bugle run} withdraws the VIP, as on the command line. */
enum ProgramCause {
  /** Its election is lost. */
  leadership("loss written to the Unix socket of an elector in ./bugle run") {
    @Override
    Trigger open(Path directory) throws IOException {
      return ElectionTrigger.open(directory);
    }
  },
  /** A probe of its health check fails. */
  health("status 503 written to the probe of an HTTP check in ./bugle run") {
    @Override
    Trigger open(Path directory) throws IOException {
      return HealthTrigger.open();
    }
  },
  /** It is drained, with no time to drain in. */
  drain("POST /v1/drain written to the admin socket of ./bugle run") {
    @Override
    Trigger open(Path directory) {
      return new DrainTrigger(directory);
    }
  };

  private final String words;

  ProgramCause(String words) {
    this.words = words;
  }

  /** What the configuration has for it, and what lets it come and go. One thread uses it. */
  interface Trigger extends AutoCloseable {

    /** What the configuration has of it: whole lines, with the VIP. */
    String configuration();

    /** Waits until the program is there for it. */
    void connect(Daemon program) throws IOException, InterruptedException;

    /** Lets the VIP be announced. */
    void announce() throws IOException;

    /** Lets it be withdrawn: no more than a write. */
    void withdraw() throws IOException;

    /** Waits for what follows the latest of those two. */
    void settle() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Makes what it takes before the program starts. */
  abstract Trigger open(Path directory) throws IOException;

  /** What begins a withdrawal, as a reader should know it. */
  String words() {
    return words;
  }
}
