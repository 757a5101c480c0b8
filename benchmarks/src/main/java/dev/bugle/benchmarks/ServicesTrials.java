package dev.bugle.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The program with the Services of a cluster.
 *
 * @param settle from all routes at the peer until memory is looked at
 * @param changes how many changes of an endpoint there are in a trial
 */
record ServicesTrials(Duration settle, int changes) {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** The first changes are those of code that nobody has run before, so they do not count. */
  private static final int WARMUP = 20;

  /**
   * One trial.
   *
   * @param allStatedMillis from the start of the process until the peer has read all routes
   * @param residentMegabytes RSS when it had settled
   * @param proportionalMegabytes Pss likewise
   * @param changeNanos from a change at the API server until the peer has read the UPDATE
   */
  record Trial(
      double allStatedMillis,
      double residentMegabytes,
      double proportionalMegabytes,
      List<Long> changeNanos) {

    /** Copies the list. */
    Trial {
      changeNanos = List.copyOf(changeNanos);
    }
  }

  /** Runs one with so many Services, in a directory of its own. */
  Trial run(int services, int slicesOfEach, Path directory)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    try (ServedCluster cluster = ServedCluster.open(services, slicesOfEach);
        MeasuringPeer peer = MeasuringPeer.listen()) {
      Path kubeconfig = cluster.kubeconfig(directory.resolve("kubeconfig"));
      long began = System.nanoTime();
      try (Daemon program = BugleProgram.start(directory, configuration(peer, kubeconfig))) {
        try {
          return watched(cluster, peer, program, new Start(began, services));
        } catch (IOException e) {
          program.requireAlive();
          throw e;
        }
      }
    }
  }

  private record Start(long nanos, int services) {}

  private Trial watched(ServedCluster cluster, MeasuringPeer peer, Daemon program, Start start)
      throws IOException, InterruptedException {
    peer.establish(Optional.empty(), LIMIT);
    double stated = (peer.awaitRoutes(start.services(), LIMIT) - start.nanos()) / 1e6;
    peer.await(MeasuredRoute.Change.ANNOUNCED, LIMIT);
    Thread.sleep(settle.toMillis());
    program.requireAlive();
    double resident = ProcessUse.of(List.of(program)).residentKilobytes() / 1024.0;
    double proportional = ProcessUse.proportionalKilobytes(program) / 1024.0;
    List<Long> times = new ArrayList<>();
    for (int i = -WARMUP; i < changes; i++) {
      boolean isReady = i % 2 != 0;
      long at = cluster.change(isReady);
      long seen =
          peer.await(
              isReady ? MeasuredRoute.Change.ANNOUNCED : MeasuredRoute.Change.WITHDRAWN, LIMIT);
      if (i >= 0) {
        times.add(seen - at);
      }
    }
    return new Trial(stated, resident, proportional, times);
  }

  private static String configuration(MeasuringPeer peer, Path kubeconfig) throws IOException {
    return """
    speaker: {local-as: 65001, router-id: 192.0.2.4}
    peers: [{address: %s, remote-as: %d, port: %d}]
    sources:
      cluster:
        {type: kubernetes-services, kubeconfig: %s, node: %s, writer-lease: off, drain-time: 0s}
    drain: {time: 0s}
    """
        .formatted(
            MeasuringPeer.ADDRESS,
            MeasuringPeer.AS,
            peer.address().getPort(),
            kubeconfig,
            ServedCluster.NODE);
  }
}
