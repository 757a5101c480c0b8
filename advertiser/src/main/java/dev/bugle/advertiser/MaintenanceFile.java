package dev.bugle.advertiser;

import dev.bugle.advertiser.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Drains everything while a file is there. Looks on a thread of its own, since a file system can
 * hang. Where it cannot be seen whether the file is there, all stays as it was.
 */
final class MaintenanceFile implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final Path file;
  private final Drains drains;
  private final Ticker ticker;
  private final Runnable changed;
  private final Thread thread = new Thread(this::run, "bugle-maintenance");
  private boolean present;
  private volatile boolean closed;

  MaintenanceFile(Path file, Drains drains, Ticker ticker, Runnable changed) {
    this.file = file;
    this.drains = drains;
    this.ticker = ticker;
    this.changed = changed;
    thread.setDaemon(true);
  }

  /** Looks once, on the caller's thread, and from then on by itself. */
  void start() {
    look();
    thread.start();
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(this, INTERVAL.toNanos());
      look();
    }
  }

  private void look() {
    if (!present && Files.exists(file)) {
      present = true;
      drains.drainAll(
          Drains.Source.MAINTENANCE_FILE, new Drain(ticker.nanos(), file + " is there"));
      changed.run();
    } else if (present && Files.notExists(file)) {
      present = false;
      drains.undrainAll(Drains.Source.MAINTENANCE_FILE);
      changed.run();
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
