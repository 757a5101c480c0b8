package dev.bugle.advertiser.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that reads the head of a request, and then does as the test says. */
final class LoopbackServer implements AutoCloseable {

  /** What it does with a connection after the request. */
  interface Answer {
    void to(Socket client) throws IOException, InterruptedException;
  }

  private final ServerSocket listening;
  private final Answer answer;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  final List<Exception> failures = new CopyOnWriteArrayList<>();

  LoopbackServer(ServerSocket listening, Answer answer) {
    this.listening = listening;
    this.answer = answer;
    daemon(this::accept);
  }

  static LoopbackServer on(String address, Answer answer) throws IOException {
    return new LoopbackServer(new ServerSocket(0, 50, InetAddress.getByName(address)), answer);
  }

  /** Says that, and closes. */
  static LoopbackServer saying(String text) throws IOException {
    return on("127.0.0.1", client -> write(client, text));
  }

  static void write(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  int port() {
    return listening.getLocalPort();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "loopback server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        Socket client = listening.accept();
        clients.add(client);
        daemon(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed by the test.
    }
  }

  private void serve(Socket client) {
    try (client) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = client.getInputStream().read();
        if (b < 0) {
          return;
        }
        head.append((char) b);
      }
      requests.add(head.toString());
      answer.to(client);
    } catch (IOException | InterruptedException e) {
      failures.add(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
