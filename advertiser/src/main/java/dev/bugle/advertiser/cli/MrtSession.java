package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.mrt.MrtPeering;
import dev.bugle.bgp.session.RemoteAs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options of the commands that have sessions of their own. */
final class MrtSession {

  @Option(
      names = "--local-as",
      required = true,
      paramLabel = "ASN",
      description = "The AS number to speak with.")
  private long localAs;

  @Option(
      names = "--router-id",
      paramLabel = "ID",
      defaultValue = "192.0.2.1",
      description = "The BGP Identifier to speak with; ${DEFAULT-VALUE} by default.")
  private String routerId = "";

  @Option(
      names = "--peer-as",
      paramLabel = "ASN",
      description = "The AS number of the peers; any but the local one by default.")
  private Optional<Long> peerAs = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "179",
      description = "The port of the peers; ${DEFAULT-VALUE} by default.")
  private int port;

  @Option(
      names = "--local-address",
      paramLabel = "ADDRESS",
      description = "The address to connect from.")
  private Optional<String> localAddress = Optional.empty();

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DemoCommand.DurationConverter.class,
      description = "End after that time, such as 30s or 5m; by default with Ctrl-C.")
  private Optional<Duration> time = Optional.empty();

  /** For picocli. */
  MrtSession() {}

  MrtPeering peering() {
    RemoteAs remoteAs =
        peerAs.<RemoteAs>map(RemoteAs.Exactly::new).orElse(RemoteAs.Relation.EXTERNAL);
    return new MrtPeering(localAs, routerId, remoteAs, port, localAddress);
  }

  /**
   * Waits until the time is over, or the process is to end, and closes then; whoever ends the
   * process waits for that.
   */
  void await(AutoCloseable session) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              asked.countDown();
              try {
                closed.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "bugle-mrt-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      long nanos = time.map(Duration::toNanos).orElse(Long.MAX_VALUE);
      boolean early = asked.await(nanos, TimeUnit.NANOSECONDS);
      log().debug("ends, {}", early ? "as asked" : "as the time is over");
    } finally {
      try {
        session.close();
      } finally {
        closed.countDown();
        removeUnlessRunning(hook);
      }
    }
  }

  private static void removeUnlessRunning(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException runs) {
      log().debug("the process ends already", runs);
    }
  }

  /** Not before it is needed: this is made for every command, and {@code run} says how it logs. */
  private static Logger log() {
    return LoggerFactory.getLogger(MrtSession.class);
  }
}
