package dev.bugle.benchmarks.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LoadTest {

  private static final LoadTrials TRIALS = new LoadTrials(Duration.ZERO, Duration.ofSeconds(30));

  @Test
  void whatIsFedStraightToReceiversArrivesOnceAndWhole() throws Exception {
    LoadResult one = TRIALS.runDirectly(Scenario.RELAY, FullTable.of(50_000, 2));
    assertThat(one.announcements()).isEqualTo(50_000);
    assertThat(one.wallSeconds()).isPositive();
    LoadResult many = TRIALS.runDirectly(Scenario.MANY_RECEIVERS, FullTable.of(1_000, 2));
    assertThat(many.announcements()).isEqualTo(100_000);
  }

  @Test
  void aMessageMayArriveInPiecesOfAnyLength() throws Exception {
    FullTable table = FullTable.of(300, 5);
    UpdateCounter counter = new UpdateCounter(table.prefixes());
    ByteBuffer octets = table.updates(new Neighbor(1, true));
    Random random = new Random(5);
    try (ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (Session session =
              Session.opened(SocketChannel.open(listening.getLocalAddress()), counter);
          SocketChannel writing = listening.accept()) {
        int end = octets.limit();
        while (octets.position() < end) {
          octets.limit(Math.min(end, octets.position() + 1 + random.nextInt(30)));
          writing.write(octets);
          session.read();
        }
        while (!counter.complete()) {
          session.read();
        }
      }
    }
    assertThat(counter.announcements()).isEqualTo(300);
  }

  @Test
  void aTableThatIsNotTakenInWithinTheLimitIsAFailure(@TempDir Path directory) {
    LoadTrials hasty = new LoadTrials(Duration.ZERO, Duration.ofMillis(1));
    assertThatThrownBy(
            () ->
                hasty.run(
                    new BugleRouter(List.of("-Xint")),
                    Scenario.INGEST,
                    FullTable.of(20_000, 1),
                    directory))
        .hasMessageContaining("it has not done it within 0 s");
  }

  @Test
  void aProgramThatEndsAtOnceIsAFailureWithWhatItPrinted(@TempDir Path directory) {
    assertThatThrownBy(
            () ->
                TRIALS.run(
                    new BugleRouter(List.of("-XX:NoSuchOption")),
                    Scenario.INGEST,
                    FullTable.of(10, 1),
                    directory))
        .hasMessageContaining("it ended with exit code 1")
        .hasMessageContaining("NoSuchOption");
  }

  @Test
  void aRouterThatCannotBeReachedIsNamedWithWhatIsInTheWay() {
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    assertThatThrownBy(
            () ->
                Load.on(
                    nobody,
                    Scenario.RELAY,
                    FullTable.of(10, 1),
                    new Session.Patience(Duration.ofMillis(50), () -> {})))
        .hasMessageContaining("receiver1 has no session within 0 s")
        .hasMessageContaining("refused");
  }

  @Test
  void aRouterThatHangsUpEndsTheRun() throws Exception {
    try (ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      UpdateCounter counter = new UpdateCounter(FullTable.of(10, 1).prefixes());
      try (Session session =
              Session.opened(SocketChannel.open(listening.getLocalAddress()), counter);
          Reception reception = Reception.start(List.of(session), List.of())) {
        reception.requireAlive();
        listening.accept().close();
        assertThatThrownBy(
                () -> {
                  while (true) {
                    reception.requireAlive();
                    Thread.onSpinWait();
                  }
                })
            .hasMessageContaining("the router closed the connection");
      }
    }
  }
}
