package dev.bugle.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** One way to announce and withdraw the {@link MeasuredRoute}. */
interface Contender {

  /** Its name on the command line and in reports. */
  String name();

  /** What begins a withdrawal, as a reader should know it. */
  String trigger();

  /** Why it cannot take part here, and what would help; empty when it can. */
  Optional<String> absence();

  /**
   * Starts a speaker in AS {@link #AS} whose peer {@link MeasuringPeer} may connect.
   *
   * @param directory its own, empty
   */
  Speaker start(Path directory) throws IOException, InterruptedException;

  /** The AS of every contender. */
  int AS = 65001;

  /** A speaker that runs. One thread uses it. */
  interface Speaker extends AutoCloseable {

    /** Where it listens for BGP. */
    InetSocketAddress address();

    /** Begins to announce the VIP. */
    void announce() throws IOException;

    /** Begins to withdraw it: the least that must be done on the caller's thread. */
    void withdraw() throws IOException;

    /** Does what was left undone by the latest of those two. */
    void settle() throws IOException;

    @Override
    void close() throws IOException;
  }
}
