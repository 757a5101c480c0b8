package dev.bugle.advertiser.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that are made, refused and left waiting. */
@Timeout(60)
class TcpProberTest {

  @Test
  void connectionThatIsMadePasses() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();
      assertThat(Probing.once(new Probe.Tcp("127.0.0.1", port)))
          .isEqualTo(Outcome.passed("connected to 127.0.0.1 port " + port));
      try (Socket accepted = server.accept()) {
        assertThat(accepted.getInputStream().read()).as("closed without a word").isEqualTo(-1);
      }
    }
  }

  @Test
  void refusedConnectionFails() throws Exception {
    assertThat(Probing.once(new Probe.Tcp("127.0.0.1", 1)))
        .isEqualTo(Outcome.failed("connection refused by 127.0.0.1:1"));
  }

  /** A full backlog swallows the SYN, as a firewall does. */
  @Test
  void connectionThatNobodyAnswersFailsInTime() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(server, waiting);
      int port = server.getLocalPort();
      long begun = System.nanoTime();
      Outcome outcome = Probing.once(new Probe.Tcp("127.0.0.1", port), Duration.ofMillis(300));
      assertThat(outcome.hasPassed()).isFalse();
      assertThat(outcome.reason())
          .matches("no (answer|connection).*127\\.0\\.0\\.1:" + port + ".*");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  private static void fill(ServerSocket server, List<Socket> waiting) throws IOException {
    InetSocketAddress to = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    for (int i = 0; i < 20; i++) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(to, 200);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
    throw new AssertionError("the backlog is never full");
  }
}
