package dev.bugle.benchmarks.table;

import dev.bugle.benchmarks.Daemon;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A router program that is fed by some peers and tells others. */
interface TableContender {

  /** The AS of every contender. */
  int AS = 64512;

  /** Its name on the command line and in reports. */
  String name();

  /** What it is run as, as a reader should know it. */
  String description();

  /** Why it cannot take part in this, and what would help; empty when it can. */
  Optional<String> absence(Scenario scenario);

  /**
   * Starts it, as an eBGP speaker with all these peers, which connect to it. It takes everything
   * from each and tells everything to each.
   *
   * @param directory its own, empty
   * @param own where it listens
   */
  Router start(Path directory, InetSocketAddress own, List<Neighbor> neighbors)
      throws IOException, InterruptedException;

  /** A router that runs. One thread uses it. */
  interface Router extends AutoCloseable {

    /** Its process. */
    Daemon process();

    /**
     * How many paths to exactly this prefix it has, 0 also where it has not decided on them.
     *
     * @throws IOException when it does not answer as it should
     */
    int paths(String prefix) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
  }
}
