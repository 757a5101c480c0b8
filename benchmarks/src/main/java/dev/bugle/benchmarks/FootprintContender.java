package dev.bugle.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** A router program with one peer, the {@link MeasuringPeer}, and ten VIPs. */
interface FootprintContender extends AutoCloseable {

  /** The AS of every contender. */
  int AS = Contender.AS;

  /** How many VIPs: 203.0.113.1 and so on. */
  int VIPS = 10;

  /** Its name on the command line and in reports. */
  String name();

  /** Why it cannot take part here, and what would help; empty when it can. */
  Optional<String> absence();

  /** What must be done once, before the first start. */
  default void prepare(Path directory) throws IOException, InterruptedException {}

  /**
   * Starts it, and waits for nothing but what one of its processes needs of another.
   *
   * @param directory its own, empty
   * @param own where it listens
   * @param receiver where the peer listens and it is to connect to; empty: it waits for the peer
   */
  Running start(Path directory, InetSocketAddress own, Optional<InetSocketAddress> receiver)
      throws IOException, InterruptedException;

  /** Where the peer is, once it is prepared. */
  default String peerAddress() {
    return MeasuringPeer.ADDRESS;
  }

  /** Where it can listen, once it is prepared. */
  default InetSocketAddress ownAddress() throws IOException {
    return Daemon.freeAddress();
  }

  /** Announces the VIPs, where its configuration cannot. */
  default void announce() throws IOException, InterruptedException {}

  /** Undoes what was prepared. */
  @Override
  default void close() {}
}
