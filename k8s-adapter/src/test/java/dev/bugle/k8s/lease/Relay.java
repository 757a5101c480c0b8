package dev.bugle.k8s.lease;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Carries TCP connections to a port of loopback, until it drops all they say without a word. */
final class Relay implements AutoCloseable {

  private final int target;
  private final ServerSocket listening;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile int frozen;

  private Relay(int target, ServerSocket listening) {
    this.target = target;
    this.listening = listening;
  }

  static Relay to(int port) throws IOException {
    Relay relay = new Relay(port, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    start(relay::accept);
    return relay;
  }

  private static void start(Runnable what) {
    Thread thread = new Thread(what, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listening.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  /**
   * The connections there are go nowhere from now on; new ones do.
   *
   * @return how many there have been
   */
  int freeze() {
    int sofar = connections.get();
    frozen = sofar;
    return sofar;
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listening.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(near, far));
        int number = connections.incrementAndGet();
        start(() -> pump(near, far, number));
        start(() -> pump(far, near, number));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pump(Socket from, Socket to, int number) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (number > frozen) {
          out.write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      // Ended by either side.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
