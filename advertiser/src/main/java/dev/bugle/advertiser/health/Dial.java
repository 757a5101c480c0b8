package dev.bugle.advertiser.health;

import dev.bugle.advertiser.time.DurationText;
import dev.bugle.bgp.wire.IpAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** Makes a TCP connection, and says in words why it could not be made. */
final class Dial {

  /** More addresses than a name has by intention. */
  private static final int MOST_ADDRESSES = 8;

  private Dial() {}

  /**
   * A connection to the first address of the host that takes it. Each address gets an equal share
   * of the time that is left.
   */
  static Socket connect(String host, int port, Attempt attempt) throws IOException {
    InetAddress[] addresses = lookUp(host, attempt);
    int count = Math.min(addresses.length, MOST_ADDRESSES);
    Set<String> failures = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      InetSocketAddress to = new InetSocketAddress(addresses[i], port);
      attempt.step("connecting to " + text(to));
      // Whatever proxy the runtime is told of: it would be what is checked.
      Socket socket = new Socket(Proxy.NO_PROXY);
      try {
        attempt.opened(socket);
        int left = attempt.remainingMillis();
        int share = Math.max(1, left / (count - i));
        connect(socket, to, share);
        return socket;
      } catch (SocketTimeoutException e) {
        socket.close();
        throw e;
      } catch (IOException e) {
        socket.close();
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    throw new IOException(String.join("; ", failures));
  }

  private static void connect(Socket socket, InetSocketAddress to, int millis) throws IOException {
    try {
      socket.connect(to, millis);
      socket.setTcpNoDelay(true);
    } catch (SocketTimeoutException e) {
      throw new IOException(
          "no connection to " + text(to) + " within " + DurationText.of(Duration.ofMillis(millis)),
          e);
    } catch (NoRouteToHostException e) {
      throw new IOException("no route to " + text(to), e);
    } catch (ConnectException e) {
      boolean isRefused = String.valueOf(e.getMessage()).contains("refused");
      throw new IOException(
          isRefused
              ? "connection refused by " + text(to)
              : "no connection to " + text(to) + ": " + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new IOException("no connection to " + text(to) + ": " + e.getMessage(), e);
    }
  }

  private static InetAddress[] lookUp(String host, Attempt attempt) throws IOException {
    attempt.step("looking up " + host);
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new IOException("the name " + host + " is not known", e);
    }
  }

  /** {@code 127.0.0.1:80} or {@code [::1]:80}. */
  private static String text(InetSocketAddress to) {
    String address = IpAddress.of(to.getAddress()).toString();
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + to.getPort();
  }
}
