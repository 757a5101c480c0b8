package dev.bugle.it.lease;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a lease, one request per connection: {@code get WHO} is answered by {@code VERSION HOLDER},
 * and {@code put WHO VERSION HOLDER UNTIL} by {@code ok VERSION} or {@code conflict}. Nobody's name
 * is {@code -}.
 */
public final class LeaseServer implements AutoCloseable {

  /** What becomes of requests; half of the delay passes before they are done, half after. */
  private record Trouble(boolean silent, Duration delay) {}

  private final ServerSocketChannel socket;
  private final List<Grant> grants = new CopyOnWriteArrayList<>();
  private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();

  // Guarded by this.
  private long version;
  private String holder = "-";

  private LeaseServer(ServerSocketChannel socket) {
    this.socket = socket;
  }

  /** Listens on that path. */
  public static LeaseServer listen(Path path) {
    try {
      ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      socket.bind(UnixDomainSocketAddress.of(path));
      LeaseServer server = new LeaseServer(socket);
      begin("lease server", server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + path, e);
    }
  }

  private static void begin(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Requests of that candidate vanish from now on. */
  public void ignore(String who) {
    troubles.put(who, new Trouble(true, Duration.ZERO));
  }

  /** Requests of that candidate take that long from now on. */
  public void delay(String who, Duration delay) {
    troubles.put(who, new Trouble(false, delay));
  }

  /** Everything is answered at once again. */
  public void heal() {
    troubles.clear();
  }

  /** All grants and releases so far, oldest first. */
  public List<Grant> grants() {
    return List.copyOf(grants);
  }

  private void accept() {
    while (socket.isOpen()) {
      try {
        SocketChannel connection = socket.accept();
        begin("lease request", () -> serve(connection));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      String line =
          new BufferedReader(Channels.newReader(connection, StandardCharsets.US_ASCII)).readLine();
      if (line == null) {
        return;
      }
      String[] words = line.split(" ", -1);
      Optional<Trouble> trouble = Optional.ofNullable(troubles.get(words[1]));
      if (trouble.filter(Trouble::silent).isPresent()) {
        connection.read(ByteBuffer.allocate(1)); // until the candidate gives up
        return;
      }
      long pause = trouble.map(t -> t.delay().toNanos() / 2).orElse(0L);
      TimeUnit.NANOSECONDS.sleep(pause);
      String answer = answer(words) + "\n";
      TimeUnit.NANOSECONDS.sleep(pause);
      connection.write(StandardCharsets.US_ASCII.encode(answer));
    } catch (IOException e) {
      // The candidate has given up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized String answer(String[] words) {
    if (words[0].equals("get")) {
      return version + " " + holder;
    }
    if (Long.parseLong(words[2]) != version) {
      return "conflict";
    }
    version++;
    String before = holder;
    holder = words[3];
    boolean released = holder.equals("-");
    grants.add(
        new Grant(
            released ? before : holder,
            System.nanoTime(),
            released ? 0 : Long.parseLong(words[4])));
    return "ok " + version;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
