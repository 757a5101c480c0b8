package dev.bugle.benchmarks.table;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One thread that reads all sessions, and keeps those of receivers alive. */
final class Reception implements AutoCloseable {

  private static final long KEEPALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int TICK_MILLIS = 1000;

  private final Selector selector;
  private final List<Session> receivers;
  private final Thread thread = new Thread(this::run, "reception");
  private volatile @Nullable IOException failure;
  private volatile boolean closed;

  private Reception(Selector selector, List<Session> receivers) {
    this.selector = selector;
    this.receivers = receivers;
  }

  /**
   * Begins to read.
   *
   * @param receivers to be kept alive; a {@link Feed} does it for a sender
   * @param senders only to be read
   */
  static Reception start(List<Session> receivers, List<Session> senders) throws IOException {
    Selector selector = Selector.open();
    try {
      List<Session> all = new ArrayList<>(receivers);
      all.addAll(senders);
      for (Session session : all) {
        session.channel().register(selector, SelectionKey.OP_READ, session);
      }
    } catch (IOException | RuntimeException e) {
      selector.close();
      throw e;
    }
    Reception reception = new Reception(selector, List.copyOf(receivers));
    reception.thread.setDaemon(true);
    reception.thread.start();
    return reception;
  }

  private void run() {
    try {
      long told = System.nanoTime();
      while (!closed) {
        selector.select(Reception::read, TICK_MILLIS);
        if (System.nanoTime() - told > KEEPALIVE_NANOS) {
          told = System.nanoTime();
          for (Session receiver : receivers) {
            receiver.keepAlive();
          }
        }
      }
    } catch (IOException e) {
      failure = e;
    } catch (ReadFailure e) {
      failure = e.reason;
    }
  }

  private static void read(SelectionKey key) {
    try {
      ((Session) key.attachment()).read();
    } catch (IOException e) {
      throw new ReadFailure(e);
    }
  }

  /** Carries the reason through the selector. */
  private static final class ReadFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    final IOException reason;

    ReadFailure(IOException reason) {
      super(reason);
      this.reason = reason;
    }
  }

  /** Fails when a session has ended by itself, saying how. */
  void requireAlive() throws IOException {
    IOException ended = failure;
    if (ended != null) {
      throw new IOException("a session has ended: " + ended.getMessage(), ended);
    }
  }

  /** Reads no more; the sessions stay as they are. */
  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    selector.close();
  }
}
