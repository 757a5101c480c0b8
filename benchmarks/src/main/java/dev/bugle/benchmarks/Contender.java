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
   * Starts a speaker in AS {@link #AS} whose peer is the {@link MeasuringPeer}.
   *
   * @param directory its own, empty
   * @param receiver where the peer listens
   */
  Speaker start(Path directory, InetSocketAddress receiver)
      throws IOException, InterruptedException;

  /** The AS of every contender. */
  int AS = 65001;

  /** A speaker that runs. One thread uses it. */
  interface Speaker extends AutoCloseable {

    /** Where it waits for the peer to connect; empty when it connects itself. */
    Optional<InetSocketAddress> address();

    /** Begins to announce the VIP. */
    void announce() throws IOException;

    /** Begins to withdraw it: the least that must be done on the caller's thread. */
    void withdraw() throws IOException;

    /** Does what was left undone by the latest of those two. */
    void settle() throws IOException;

    /**
     * When the latest withdrawal that is settled began, a reading of {@link System#nanoTime}.
     *
     * @param called just before {@link #withdraw}
     */
    default long began(long called) {
      return called;
    }

    @Override
    void close() throws IOException;
  }
}
