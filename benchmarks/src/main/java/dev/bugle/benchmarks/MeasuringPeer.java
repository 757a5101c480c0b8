package dev.bugle.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A BGP peer that tells when bytes arrive: it has a session with one speaker, keeps it up, and
 * notes when an UPDATE with the {@link MeasuredRoute} has been read from its socket. One thread
 * reads, with blocking reads, and takes the time before it looks at what it has read.
 */
final class MeasuringPeer implements AutoCloseable {

  /** Where it connects from. */
  static final String ADDRESS = "127.0.0.2";

  /** Its AS number. */
  static final int AS = 65000;

  private static final int HEADER_LENGTH = 19;
  private static final byte OPEN = 1;
  private static final byte UPDATE = 2;
  private static final byte NOTIFICATION = 3;
  private static final byte KEEPALIVE = 4;

  /** What happened to the VIP, and when. */
  record Arrival(MeasuredRoute.Change change, long nanos) {}

  private final ServerSocketChannel listening;
  private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 16).flip();
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Thread reader = new Thread(this::read, "measuring-peer");
  private SocketChannel socket;

  // Under the monitor.
  private int routes;
  private long lastRoute;
  private volatile @Nullable String ended;

  private MeasuringPeer(ServerSocketChannel listening, SocketChannel socket) {
    this.listening = listening;
    this.socket = socket;
    reader.setDaemon(true);
  }

  /** One that listens on loopback; it has no session yet. */
  static MeasuringPeer listen() throws IOException {
    return listen(ADDRESS);
  }

  /** One that listens there; it has no session yet. */
  static MeasuringPeer listen(String address) throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(address, 0));
    return new MeasuringPeer(listening, SocketChannel.open());
  }

  /** Where it listens. */
  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) listening.getLocalAddress();
  }

  /**
   * Opens the session.
   *
   * @param speaker where to connect to; empty: the speaker connects
   * @throws IOException saying what was last in the way when the session does not stand in time
   */
  void establish(Optional<InetSocketAddress> speaker, Duration limit)
      throws IOException, InterruptedException {
    if (speaker.isPresent()) {
      connect(speaker.get(), limit);
    } else {
      accept(limit);
    }
    reader.start();
  }

  private void accept(Duration limit) throws IOException {
    listening.socket().setSoTimeout((int) limit.toMillis());
    socket = listening.socket().accept().getChannel();
    open();
  }

  /** Tries again until the speaker is there. */
  private void connect(InetSocketAddress speaker, Duration limit)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      socket = SocketChannel.open();
      try {
        socket.bind(new InetSocketAddress(address().getAddress(), 0));
        socket.connect(speaker);
        open();
        return;
      } catch (IOException notYet) {
        socket.close();
        input.clear().flip();
        if (System.nanoTime() - end > 0) {
          throw new IOException("no session within " + limit.toSeconds() + " s: " + notYet, notYet);
        }
        Thread.sleep(2);
      }
    }
  }

  private void open() throws IOException {
    socket.socket().setTcpNoDelay(true);
    send(OPEN, openBody());
    expect(OPEN);
    send(KEEPALIVE, new byte[0]);
    expect(KEEPALIVE);
  }

  /** RFC 4271 §4.2, with the capabilities IPv4 unicast (RFC 4760) and 4-octet AS (RFC 6793). */
  private static byte[] openBody() {
    return ByteBuffer.allocate(26)
        .put((byte) 4)
        .putShort((short) AS)
        .putShort((short) 240)
        .put(new byte[] {(byte) 192, 0, 2, (byte) 254})
        .put((byte) 16)
        .put(new byte[] {2, 14, 1, 4, 0, 1, 0, 1, 65, 4})
        .putInt(AS)
        .put(new byte[] {2, 0}) // route refresh (RFC 2918)
        .array();
  }

  private void expect(byte type) throws IOException {
    Optional<ByteBuffer> message = next();
    while (message.isEmpty()) {
      receive();
      message = next();
    }
    byte found = message.get().get(HEADER_LENGTH - 1);
    if (found != type) {
      throw new IOException(
          found == NOTIFICATION
              ? notification(message.get())
              : "message type " + found + " where " + type + " was expected");
    }
  }

  private void read() {
    try {
      while (true) {
        handle(System.nanoTime());
        receive();
      }
    } catch (IOException e) {
      ended = e.toString();
    }
  }

  private void handle(long now) throws IOException {
    Optional<ByteBuffer> message = next();
    while (message.isPresent()) {
      byte type = message.get().get(HEADER_LENGTH - 1);
      if (type == UPDATE) {
        ByteBuffer body = message.get().position(HEADER_LENGTH);
        count(MeasuredRoute.announcedIn(body), now);
        MeasuredRoute.changeIn(body).ifPresent(change -> arrivals.add(new Arrival(change, now)));
      } else if (type == NOTIFICATION) {
        throw new IOException(notification(message.get()));
      } else if (type == KEEPALIVE) {
        send(KEEPALIVE, new byte[0]);
      }
      message = next();
    }
  }

  private synchronized void count(int announced, long now) {
    if (announced > 0) {
      routes += announced;
      lastRoute = now;
      notifyAll();
    }
  }

  private static String notification(ByteBuffer message) {
    return "NOTIFICATION "
        + (message.get(HEADER_LENGTH) & 0xff)
        + "/"
        + (message.get(HEADER_LENGTH + 1) & 0xff);
  }

  private void receive() throws IOException {
    input.compact();
    int count = socket.read(input);
    input.flip();
    if (count < 0) {
      throw new EOFException("the speaker closed the connection");
    }
  }

  /** The next whole message that has been read, if any. */
  private Optional<ByteBuffer> next() {
    int start = input.position();
    if (input.remaining() < HEADER_LENGTH) {
      return Optional.empty();
    }
    int length = input.getShort(start + 16) & 0xffff;
    if (input.remaining() < length) {
      return Optional.empty();
    }
    input.position(start + length);
    return Optional.of(input.slice(start, length));
  }

  private void send(byte type, byte[] body) throws IOException {
    ByteBuffer message = ByteBuffer.allocate(HEADER_LENGTH + body.length);
    for (int i = 0; i < 16; i++) {
      message.put((byte) 0xff);
    }
    message.putShort((short) message.capacity()).put(type).put(body).flip();
    while (message.hasRemaining()) {
      socket.write(message);
    }
  }

  /**
   * Waits for the next change of the VIP and tells when it had arrived.
   *
   * @throws IOException when it is another change, or does not come in time
   */
  long await(MeasuredRoute.Change change, Duration limit) throws IOException, InterruptedException {
    Arrival arrival = arrivals.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (arrival == null) {
      String why = ended == null ? "the session is up" : "the session ended: " + ended;
      throw new IOException(
          "the VIP is not " + change + " after " + limit.toSeconds() + " s; " + why);
    }
    if (arrival.change() != change) {
      throw new IOException("the VIP is " + arrival.change() + " where it should be " + change);
    }
    return arrival.nanos();
  }

  /**
   * Waits until so many routes have been announced since the session stood, and tells when the last
   * of them had arrived.
   *
   * @throws IOException when they do not come in time
   */
  synchronized long awaitRoutes(int count, Duration limit)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (routes < count) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0 || ended != null) {
        throw new IOException(
            "found "
                + routes
                + " routes where "
                + count
                + " were expected; "
                + (ended == null ? "the session is up" : "the session ended: " + ended));
      }
      wait(Math.min(left, 100));
    }
    return lastRoute;
  }

  @Override
  public void close() throws IOException {
    listening.close();
    socket.close();
  }
}
