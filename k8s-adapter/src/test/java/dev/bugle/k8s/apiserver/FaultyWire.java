package dev.bugle.k8s.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Carries TCP connections to a port of loopback, until it cuts them or loses what they say. */
public final class FaultyWire implements AutoCloseable {

  private static final int BACKLOG = 50;
  private static final int BUFFER = 8192;

  private enum Mode {
    CARRIES,
    CUTS,
    LOSES
  }

  private final int target;
  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = Mode.CARRIES;

  private FaultyWire(int target, ServerSocket listening) {
    this.target = target;
    this.listening = listening;
  }

  /** Listens at an address of this host, on any port. */
  public static FaultyWire listen(InetAddress address, int target) {
    try {
      FaultyWire wire = new FaultyWire(target, new ServerSocket(0, BACKLOG, address));
      start(wire::accept);
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + address, e);
    }
  }

  private static void start(Runnable what) {
    Thread thread = new Thread(what, "faulty wire");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
  }

  /** From now on all connections are reset, new ones too. */
  public void cut() {
    mode = Mode.CUTS;
    sockets.forEach(FaultyWire::reset);
  }

  /** From now on all that is said on any connection is lost, and nobody is told. */
  public void lose() {
    mode = Mode.LOSES;
  }

  /** Carries new connections again; those from before, which have lost something, are reset. */
  public void mend() {
    boolean hasLost = mode == Mode.LOSES;
    mode = Mode.CARRIES;
    if (hasLost) {
      sockets.forEach(FaultyWire::reset);
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        carry(listening.accept());
      } catch (IOException e) {
        // Closed, or the one who connected is gone again.
      }
    }
  }

  private void carry(Socket near) throws IOException {
    if (mode == Mode.CUTS) {
      reset(near);
      return;
    }
    Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
    for (Socket socket : new Socket[] {near, far}) {
      socket.setTcpNoDelay(true);
      sockets.add(socket);
    }
    start(() -> pump(near, far));
    start(() -> pump(far, near));
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (mode == Mode.CARRIES) {
          out.write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      // Ended by either side.
    } finally {
      sockets.remove(from);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // It is closed already.
    }
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + socket, e);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + listening, e);
    }
    sockets.forEach(FaultyWire::reset);
  }
}
