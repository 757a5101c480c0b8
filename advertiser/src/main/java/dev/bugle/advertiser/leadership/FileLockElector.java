package dev.bugle.advertiser.leadership;

import dev.bugle.advertiser.leadership.LockFile.NotLocked;
import dev.bugle.advertiser.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Leads while it holds the exclusive lock on a file: one of several processes on a host.
 *
 * <p>Its thread tries for the lock every poll interval, and, while it has it, checks as often that
 * the path still names the locked file. Each check that succeeds extends the leadership to one
 * lease after the check's start. When the file was removed or replaced, or cannot be looked at, the
 * leadership is lost at once.
 *
 * <p>Somebody who makes the lock file anew can lock it while the holder of the old file has not
 * noticed yet. So whoever finds the file new holds the lock for one lease before it leads: by then
 * any former holder has noticed, or its lease has run out. And whoever lost leadership stands back
 * for one lease, so that a healthy competitor comes first.
 *
 * <p>For local file systems only: a network file system can drop a lock without a word.
 */
public final class FileLockElector implements Elector {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final Path path;
  private final long pollNanos;
  private final long leaseNanos;
  private final Ticker ticker;
  private final Thread thread;
  private volatile Runnable changed = () -> {};
  private volatile boolean closed;

  // Written by the thread that steps and by release(), under the monitor.
  private volatile Leadership leadership;
  private boolean released;

  // The rest is only for the thread that steps.
  private Optional<LockFile> lock = Optional.empty();
  private Optional<Object> lastSeen = Optional.empty();
  private boolean hasLost;
  private long notBefore;

  /**
   * An elector that has not started.
   *
   * @param lease longer than the poll interval
   */
  public FileLockElector(Path path, Duration pollInterval, Duration lease, Ticker ticker) {
    if (pollInterval.isNegative() || pollInterval.isZero() || lease.compareTo(pollInterval) <= 0) {
      throw new IllegalArgumentException(
          "a lease of " + lease + " is not longer than the poll interval " + pollInterval);
    }
    this.path = path.toAbsolutePath();
    this.pollNanos = pollInterval.toNanos();
    this.leaseNanos = lease.toNanos();
    this.ticker = ticker;
    this.leadership = Leadership.waiting(ticker.nanos(), "not started");
    this.thread = new Thread(this::run, "bugle-lock-" + path.getFileName());
    thread.setDaemon(true);
  }

  @Override
  public void stand(boolean candidate) {}

  @Override
  public void start(Runnable whenChanged) {
    Path directory = path.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new IllegalStateException(
          "the directory of the lock file " + path + " does not exist; create it");
    }
    onChange(whenChanged);
    thread.start();
  }

  void onChange(Runnable whenChanged) {
    changed = whenChanged;
  }

  @Override
  public Leadership leadership() {
    return leadership;
  }

  @Override
  public void release() {
    synchronized (this) {
      released = true;
      leadership = Leadership.waiting(ticker.nanos(), "released");
    }
    LockSupport.unpark(thread);
  }

  @Override
  public void close() {
    closed = true;
    release();
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!thread.isAlive()) {
      unlock();
    }
  }

  private void run() {
    while (!closed) {
      step();
      LockSupport.parkNanos(this, pollNanos);
    }
    unlock();
  }

  /** One look at the lock. Called by the elector's thread; by tests without one. */
  void step() {
    long start = ticker.nanos();
    if (takeReleased()) {
      unlock();
      notBefore = hasLost ? start + leaseNanos : start;
      hasLost = false;
    }
    Leadership before = leadership;
    Leadership after;
    try {
      after = next(before, start);
    } catch (RuntimeException e) {
      String reason = path + " could not be checked: " + e;
      after = before.isHeldAt(start) ? lost(reason) : waiting(before, reason);
    }
    boolean isNews = before.state() != after.state() || !before.reason().equals(after.reason());
    if (publish(after) && isNews) {
      changed.run();
    }
  }

  private synchronized boolean takeReleased() {
    boolean was = released;
    released = false;
    return was;
  }

  private synchronized boolean publish(Leadership next) {
    if (released) {
      return false; // What was found out in the meantime is void.
    }
    leadership = next;
    return true;
  }

  private Leadership next(Leadership before, long start) {
    return switch (before.state()) {
      case WAITING -> compete(before, start);
      case HELD, YIELDING -> check(before, start);
      // Until release() the lock is kept: the routes may not have been withdrawn yet.
      case LOST -> before;
    };
  }

  private Leadership compete(Leadership before, long start) {
    if (start < notBefore) {
      return waiting(
          before,
          lock.isPresent()
              ? "has locked " + path + ", and waits until a former holder must have noticed"
              : "lost " + path + ", and lets others go first");
    }
    if (lock.isEmpty()) {
      try {
        if (lockFile()) {
          notBefore = start + leaseNanos;
          return compete(before, start);
        }
      } catch (NotLocked e) {
        e.identity().ifPresent(identity -> lastSeen = Optional.of(identity));
        return waiting(before, e.reason());
      }
    }
    Optional<String> reason = lock.flatMap(LockFile::lostBecause);
    if (reason.isPresent()) {
      unlock();
      return waiting(before, reason.get());
    }
    return Leadership.held(start + leaseNanos, ticker.nanos(), "holds the lock on " + path);
  }

  /** Locks the file, and says whether it is a new one, of which a former holder may not know. */
  private boolean lockFile() throws NotLocked {
    LockFile locked = LockFile.lock(path);
    lock = Optional.of(locked);
    boolean isNew =
        locked.wasCreated() || lastSeen.filter(i -> !i.equals(locked.identity())).isPresent();
    lastSeen = Optional.of(locked.identity());
    return isNew;
  }

  private Leadership check(Leadership held, long start) {
    Optional<String> reason = lock.flatMap(LockFile::lostBecause);
    if (reason.isPresent()) {
      return lost(reason.get());
    }
    if (!held.isHeldAt(ticker.nanos())) {
      // Once expired it is over for everybody else, so it is never revived.
      return lost("the check of " + path + " came too late");
    }
    return held.extendedTo(start + leaseNanos);
  }

  private Leadership lost(String reason) {
    hasLost = true;
    return Leadership.lost(ticker.nanos(), reason);
  }

  private static Leadership waiting(Leadership before, String reason) {
    return Leadership.waiting(before.since(), reason);
  }

  private void unlock() {
    lock.ifPresent(LockFile::close);
    lock = Optional.empty();
  }
}
