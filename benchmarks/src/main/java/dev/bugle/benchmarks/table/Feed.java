package dev.bugle.benchmarks.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/** A thread that writes prepared octets to a session, and then keeps it alive. */
final class Feed implements AutoCloseable {

  private static final int KEEPALIVE_MILLIS = 10_000;

  /** Above it the kernel is handed more than it takes, and the call only costs more. */
  private static final int MOST_AT_ONCE = 1 << 20;

  private final Session session;
  private final ByteBuffer octets;
  private final Selector selector;
  private final Thread thread = new Thread(this::run, "feed");
  private volatile boolean written;
  private volatile boolean closed;
  private volatile @Nullable IOException failure;

  private Feed(Session session, ByteBuffer octets, Selector selector) {
    this.session = session;
    this.octets = octets;
    this.selector = selector;
  }

  /**
   * One that is ready to be started.
   *
   * @param octets are read, from their position to their limit
   */
  static Feed of(Session session, ByteBuffer octets) throws IOException {
    Selector selector = Selector.open();
    try {
      session.channel().register(selector, SelectionKey.OP_WRITE);
    } catch (IOException | RuntimeException e) {
      selector.close();
      throw e;
    }
    Feed feed = new Feed(session, octets.duplicate(), selector);
    feed.thread.setDaemon(true);
    return feed;
  }

  /** Begins to write. */
  void start() {
    thread.start();
  }

  private void run() {
    try {
      int end = octets.limit();
      while (octets.position() < end && !closed) {
        octets.limit(Math.min(end, octets.position() + MOST_AT_ONCE));
        if (session.channel().write(octets) == 0) {
          selector.select(key -> {});
        }
      }
      written = true;
      selector.keys().forEach(key -> key.interestOps(0));
      while (!closed) {
        selector.select(KEEPALIVE_MILLIS);
        if (!closed) {
          session.keepAlive();
        }
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  /**
   * Whether the kernel has been handed everything.
   *
   * @throws IOException when it cannot be
   */
  boolean written() throws IOException {
    IOException ended = failure;
    if (ended != null) {
      throw new IOException("a sender cannot write: " + ended.getMessage(), ended);
    }
    return written;
  }

  /** Writes no more; the session stays as it is. */
  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      if (thread.isAlive()) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    selector.close();
  }
}
