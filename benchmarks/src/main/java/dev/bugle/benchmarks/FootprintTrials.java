package dev.bugle.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Starts a contender twice: once it connects to the peer; once the peer connects, and then it is
 * left idle and watched.
 *
 * @param settle from the session until it is idle
 * @param idle for how long its use of the processor is counted
 */
record FootprintTrials(Duration settle, Duration idle) {

  private static final Duration SESSION_LIMIT = Duration.ofSeconds(30);

  Footprint.Trial run(FootprintContender contender, Path directory)
      throws IOException, InterruptedException {
    double connects = connects(contender, Files.createDirectories(directory.resolve("connects")));
    Path waiting = Files.createDirectories(directory.resolve("waits"));
    InetSocketAddress own = Daemon.freeAddress();
    try (MeasuringPeer peer = MeasuringPeer.listen()) {
      long began = System.nanoTime();
      try (Daemon daemon = contender.start(waiting, own, Optional.empty())) {
        establish(peer, daemon, Optional.of(own));
        double waits = (System.nanoTime() - began) / 1e6;
        contender.announce();
        Thread.sleep(settle.toMillis());
        daemon.requireAlive();
        ProcessUse before = ProcessUse.of(daemon);
        long idleSince = System.nanoTime();
        Thread.sleep(idle.toMillis());
        ProcessUse after = ProcessUse.of(daemon);
        double seconds = (System.nanoTime() - idleSince) / 1e9;
        return new Footprint.Trial(
            waits,
            connects,
            after.residentKilobytes() / 1024.0,
            ProcessUse.proportionalKilobytes(daemon) / 1024.0,
            100.0 * (after.ticks() - before.ticks()) / ProcessUse.TICKS_PER_SECOND / seconds);
      }
    }
  }

  private static double connects(FootprintContender contender, Path directory)
      throws IOException, InterruptedException {
    InetSocketAddress own = Daemon.freeAddress();
    try (MeasuringPeer peer = MeasuringPeer.listen()) {
      long began = System.nanoTime();
      try (Daemon daemon = contender.start(directory, own, Optional.of(peer.address()))) {
        establish(peer, daemon, Optional.empty());
        return (System.nanoTime() - began) / 1e6;
      }
    }
  }

  private static void establish(
      MeasuringPeer peer, Daemon daemon, Optional<InetSocketAddress> speaker)
      throws IOException, InterruptedException {
    try {
      peer.establish(speaker, SESSION_LIMIT);
    } catch (IOException e) {
      daemon.requireAlive();
      throw e;
    }
  }
}
