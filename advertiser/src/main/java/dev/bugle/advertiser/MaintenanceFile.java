package dev.bugle.advertiser;

import dev.bugle.advertiser.time.Ticker;
import dev.bugle.advertiser.vip.Drain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Drains everything while a file is there. Looks on a thread of its own, since a file system can
 * hang. Where it cannot be seen whether the file is there, all stays as it was. Which file it is
 * can change.
 */
final class MaintenanceFile implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final Drains drains;
  private final Ticker ticker;
  private final Runnable changed;
  private final Thread thread = new Thread(this::run, "bugle-maintenance");
  private volatile boolean closed;

  // Guarded by this, which nobody holds while a file is looked for.
  private Optional<Path> watched = Optional.empty();
  private boolean present;
  private boolean started;

  /** None yet. */
  MaintenanceFile(Drains drains, Ticker ticker, Runnable changed) {
    this.drains = drains;
    this.ticker = ticker;
    this.changed = changed;
    thread.setDaemon(true);
  }

  /**
   * From now on it is that file, or none. Looks once, on the caller's thread, and from then on by
   * itself.
   */
  void watch(Optional<Path> file) {
    synchronized (this) {
      watched = file;
    }
    look();
    synchronized (this) {
      if (file.isPresent() && !started && !closed) {
        started = true;
        thread.start();
      }
    }
  }

  synchronized Optional<Path> watched() {
    return watched;
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(this, INTERVAL.toNanos());
      look();
    }
  }

  private void look() {
    Optional<Path> file = watched();
    boolean isThere = file.filter(Files::exists).isPresent();
    boolean isAway = file.filter(one -> !Files.notExists(one)).isEmpty();
    synchronized (this) {
      if (closed || !file.equals(watched)) {
        return; // What was seen is of no interest any more.
      }
      if (!present && isThere) {
        present = true;
        drains.drainAll(
            Drains.Source.MAINTENANCE_FILE,
            new Drain(ticker.nanos(), file.map(Path::toString).orElse("") + " is there"));
      } else if (present && isAway) {
        present = false;
        drains.undrainAll(Drains.Source.MAINTENANCE_FILE);
      } else {
        return;
      }
    }
    changed.run();
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
