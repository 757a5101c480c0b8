package dev.bugle.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP check of the program probes. It holds each probe until it is to pass or to fail, so
 * that what is measured begins with the failure, and not with the wait for the next probe.
 */
final class HealthTrigger implements ProgramCause.Trigger {

  private static final String PASSED = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final String FAILED =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

  /** Longer than the rounds of all contenders. */
  private static final int PATIENCE_MILLIS = 20_000;

  private final ServerSocket listening;
  private @Nullable Socket probe;

  private HealthTrigger(ServerSocket listening) {
    this.listening = listening;
  }

  static HealthTrigger open() throws IOException {
    ServerSocket listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    listening.setSoTimeout(PATIENCE_MILLIS);
    return new HealthTrigger(listening);
  }

  @Override
  public String configuration() {
    return """
    health:
      measured:
        type: http
        url: http://127.0.0.1:%d/
        interval: 10ms
        fast-interval: 10ms
        timeout: 30s
        rise: 1
        fall: 1
    vips: [{prefix: %s, leadership: always, health: measured}]
    admin: off
    """
        .formatted(listening.getLocalPort(), MeasuredRoute.PREFIX);
  }

  @Override
  public void connect(Daemon program) throws IOException {
    hold();
  }

  /** Takes the next probe, and leaves it without an answer. */
  private void hold() throws IOException {
    Socket next = listening.accept();
    next.setTcpNoDelay(true);
    InputStream in = next.getInputStream();
    int ends = 0; // of lines, without anything in between
    while (ends < 2) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("the probe of its check is broken off");
      }
      ends = octet == '\n' ? ends + 1 : octet == '\r' ? ends : 0;
    }
    probe = next;
  }

  /** The check asks for the end of the connection, and waits for it for a while. */
  private void answer(String text) throws IOException {
    if (probe == null) {
      throw new IOException("no probe of its check waits");
    }
    probe.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    probe.shutdownOutput();
  }

  @Override
  public void announce() throws IOException {
    answer(PASSED);
  }

  @Override
  public void withdraw() throws IOException {
    answer(FAILED);
  }

  @Override
  public void settle() throws IOException {
    close(probe);
    hold();
  }

  private static void close(@Nullable Socket socket) throws IOException {
    if (socket != null) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    close(probe);
    listening.close();
  }
}
