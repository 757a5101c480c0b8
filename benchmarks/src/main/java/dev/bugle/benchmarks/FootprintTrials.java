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
    InetSocketAddress own = contender.ownAddress();
    try (MeasuringPeer peer = MeasuringPeer.listen(contender.peerAddress())) {
      long began = System.nanoTime();
      try (Running running = contender.start(waiting, own, Optional.empty())) {
        establish(peer, running, Optional.of(own));
        double waits = (System.nanoTime() - began) / 1e6;
        contender.announce();
        Thread.sleep(settle.toMillis());
        running.requireAlive();
        ProcessUse before = running.use();
        long idleSince = System.nanoTime();
        Thread.sleep(idle.toMillis());
        ProcessUse after = running.use();
        double seconds = (System.nanoTime() - idleSince) / 1e9;
        return new Footprint.Trial(
            waits,
            connects,
            after.residentKilobytes() / 1024.0,
            running.proportionalKilobytes() / 1024.0,
            100.0 * (after.ticks() - before.ticks()) / ProcessUse.TICKS_PER_SECOND / seconds);
      }
    }
  }

  private static double connects(FootprintContender contender, Path directory)
      throws IOException, InterruptedException {
    InetSocketAddress own = contender.ownAddress();
    try (MeasuringPeer peer = MeasuringPeer.listen(contender.peerAddress())) {
      long began = System.nanoTime();
      try (Running running = contender.start(directory, own, Optional.of(peer.address()))) {
        establish(peer, running, Optional.empty());
        return (System.nanoTime() - began) / 1e6;
      }
    }
  }

  private static void establish(
      MeasuringPeer peer, Running running, Optional<InetSocketAddress> speaker)
      throws IOException, InterruptedException {
    try {
      peer.establish(speaker, SESSION_LIMIT);
    } catch (IOException e) {
      running.requireAlive();
      throw e;
    }
  }
}
