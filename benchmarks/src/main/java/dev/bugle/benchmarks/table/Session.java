package dev.bugle.benchmarks.table;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A BGP session with the router under test, as little of it as is needed. It is opened by waiting,
 * on the caller's thread; then it belongs to the thread that reads.
 */
final class Session implements AutoCloseable {

  /** Takes UPDATEs. */
  @FunctionalInterface
  interface Updates {

    /** Nothing of them matters. */
    Updates IGNORED = (message, start, end, now) -> {};

    /**
     * An UPDATE has been read.
     *
     * @param message has it from one place to another, with its header
     * @param now when it had been read, a reading of {@link System#nanoTime}
     */
    void take(ByteBuffer message, int start, int end, long now) throws IOException;
  }

  private static final int HEADER = 19;
  private static final byte OPEN = 1;
  private static final byte UPDATE = 2;
  private static final byte NOTIFICATION = 3;
  private static final byte KEEPALIVE = 4;
  private static final int HOLD_TIME = 240;
  private static final int RETRY_MILLIS = 2;
  private static final int BUFFER = 1 << 18;

  private final SocketChannel channel;
  private final Updates updates;
  private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER).flip();

  private Session(SocketChannel channel, Updates updates) {
    this.channel = channel;
    this.updates = updates;
  }

  /** A connection on which nothing has to be opened. */
  static Session opened(SocketChannel channel, Updates updates) throws IOException {
    channel.configureBlocking(false);
    return new Session(channel, updates);
  }

  /**
   * How long a router is waited for.
   *
   * @param limit for one session
   * @param alive fails when it is of no use to go on
   */
  record Patience(Duration limit, Check alive) {}

  /** Something that may be in order. */
  @FunctionalInterface
  interface Check {
    void require() throws IOException;
  }

  /**
   * Tries until the router has opened a session.
   *
   * @throws IOException saying what was last in the way, when it has not in time
   */
  static Session open(Neighbor self, InetSocketAddress router, Updates updates, Patience patience)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.limit.toNanos();
    while (true) {
      SocketChannel channel = SocketChannel.open();
      try {
        channel.bind(new InetSocketAddress(self.address(), 0));
        channel.connect(router);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Session session = new Session(channel, updates);
        session.send(open(self));
        session.expect(OPEN);
        session.send(message(KEEPALIVE, new byte[0]));
        session.expect(KEEPALIVE);
        channel.configureBlocking(false);
        return session;
      } catch (IOException notYet) {
        channel.close();
        if (System.nanoTime() - end > 0) {
          throw new IOException(
              "%s has no session within %d s: %s"
                  .formatted(self.name(), patience.limit.toSeconds(), notYet),
              notYet);
        }
        patience.alive.require();
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  /** RFC 4271 §4.2, with the capabilities IPv4 unicast, 4-octet AS and route refresh. */
  private static ByteBuffer open(Neighbor self) {
    return message(
        OPEN,
        ByteBuffer.allocate(26)
            .put((byte) 4)
            .putShort((short) self.asn())
            .putShort((short) HOLD_TIME)
            .putInt(self.identifier())
            .put(new byte[] {16, 2, 14, 1, 4, 0, 1, 0, 1, 65, 4})
            .putInt(self.asn())
            .put(new byte[] {2, 0})
            .array());
  }

  private static ByteBuffer message(byte type, byte[] body) {
    return ByteBuffer.allocate(HEADER + body.length)
        .putLong(-1)
        .putLong(-1)
        .putShort((short) (HEADER + body.length))
        .put(type)
        .put(body)
        .flip();
  }

  private void send(ByteBuffer message) throws IOException {
    while (message.hasRemaining()) {
      channel.write(message);
    }
  }

  /** Tells the router that the session lives, which is a matter of course where it has room. */
  void keepAlive() throws IOException {
    ByteBuffer message = message(KEEPALIVE, new byte[0]);
    if (channel.write(message) != HEADER) {
      throw new IOException("there is no room for a KEEPALIVE: the router does not read");
    }
  }

  private void expect(byte type) throws IOException {
    while (lengthOfNext() == 0) {
      input.compact();
      int count = channel.read(input);
      input.flip();
      if (count < 0) {
        throw new EOFException("the router closed the connection");
      }
    }
    int start = input.position();
    byte found = input.get(start + HEADER - 1);
    if (found != type) {
      throw new IOException(
          found == NOTIFICATION
              ? notification(start)
              : "message type " + found + " where " + type + " was expected");
    }
    input.position(start + lengthOfNext());
  }

  /** How long the next message is, 0 where not all of it is there. */
  private int lengthOfNext() throws IOException {
    if (input.remaining() < HEADER) {
      return 0;
    }
    int length = input.getShort(input.position() + HEADER - 3) & 0xffff;
    if (length < HEADER) {
      throw new IOException("a message of " + length + " octets; the least is " + HEADER);
    }
    return input.remaining() < length ? 0 : length;
  }

  private String notification(int start) {
    return "NOTIFICATION "
        + (input.get(start + HEADER) & 0xff)
        + "/"
        + (input.get(start + HEADER + 1) & 0xff);
  }

  /**
   * Reads what is there, once.
   *
   * @throws IOException when the session has ended, saying how
   */
  void read() throws IOException {
    input.compact();
    int count = channel.read(input);
    long now = System.nanoTime();
    input.flip();
    for (int length = lengthOfNext(); length > 0; length = lengthOfNext()) {
      int start = input.position();
      byte type = input.get(start + HEADER - 1);
      if (type == UPDATE) {
        updates.take(input, start, start + length, now);
      } else if (type == NOTIFICATION) {
        throw new IOException(notification(start));
      }
      input.position(start + length);
    }
    if (count < 0) {
      throw new EOFException("the router closed the connection");
    }
  }

  /** Its connection, which does not block. */
  SocketChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
