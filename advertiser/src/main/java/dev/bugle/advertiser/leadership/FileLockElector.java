package dev.bugle.advertiser.leadership;

import dev.bugle.advertiser.leadership.Leadership.State;
import dev.bugle.advertiser.lock.LockFile;
import dev.bugle.advertiser.lock.LockFile.NotLocked;
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
 * any former holder has noticed, or its lease has run out. Who has led under a file writes that
 * into it, with the file's identity; a file without that, or another one than was seen before, is
 * new. And whoever lost leadership stands back for one lease, so that a healthy competitor comes
 * first.
 *
 * <p>While it is no candidate it holds no lock, unless it leads; then it keeps it until it is told
 * to release. Among the candidates one can be preferred, see {@link Preference}: it locks a second
 * file while it stands. Others leave a free lock to it for one lease, and the holder hands over to
 * it once it has been standing for the hold-off.
 *
 * <p>For local file systems only: a network file system can drop a lock without a word.
 */
public final class FileLockElector implements Elector {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  /** How a leadership ended when it was released. */
  private enum Parting {
    /** While it was held. */
    IN_ORDER,
    /** While it was held, for the preferred candidate. */
    YIELDED,
    /** After it was over. */
    OVER
  }

  private final Path path;
  private final long pollNanos;
  private final long leaseNanos;
  private final Ticker ticker;
  private final Thread thread;
  private volatile Runnable changed = () -> {};
  private volatile boolean closed;

  // Written under the monitor: by the thread that steps, by stand() and by release().
  private volatile Leadership leadership;
  private volatile boolean candidate;
  private Optional<Parting> released = Optional.empty();

  // The rest is only for the thread that steps.
  private final PreferredSeat seat;
  private Optional<LockFile> lock = Optional.empty();
  private Optional<Object> lastSeen = Optional.empty();
  private long notBefore;
  private String whyNotBefore = "";

  /** An elector that has not started. Times are readings of that ticker. */
  public FileLockElector(FileLockConfig config, Ticker ticker) {
    this.path = config.path().toAbsolutePath();
    this.pollNanos = config.pollInterval().toNanos();
    this.leaseNanos = config.lease().toNanos();
    this.ticker = ticker;
    this.seat = new PreferredSeat(config);
    this.leadership = Leadership.waiting(ticker.nanos(), "not started");
    this.thread = new Thread(this::run, "bugle-lock-" + path.getFileName());
    thread.setDaemon(true);
  }

  @Override
  public void stand(boolean whether) {
    synchronized (this) {
      if (candidate == whether) {
        return;
      }
      candidate = whether;
    }
    LockSupport.unpark(thread);
  }

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
      long now = ticker.nanos();
      if (leadership.state() != State.WAITING) {
        released = Optional.of(parting(leadership, now));
      }
      leadership = Leadership.waiting(now, "released");
    }
    LockSupport.unpark(thread);
  }

  private static Parting parting(Leadership over, long now) {
    if (!over.isHeldAt(now)) {
      return Parting.OVER;
    }
    return over.isYielding() ? Parting.YIELDED : Parting.IN_ORDER;
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
      leaveAll();
    }
  }

  private void run() {
    while (!closed) {
      step();
      LockSupport.parkNanos(this, pollNanos);
    }
    leaveAll();
  }

  /** One look at the lock. Called by the elector's thread; by tests without one. */
  void step() {
    long start = ticker.nanos();
    takeReleased().ifPresent(parting -> part(parting, start));
    Leadership before = leadership;
    Leadership after;
    try {
      after = next(before, start);
    } catch (RuntimeException e) {
      String reason = path + " could not be checked: " + e;
      after = before.isHeldAt(start) ? lost(reason) : waiting(before, reason);
    }
    boolean isNews = before.state() != after.state() || !before.reason().equals(after.reason());
    if (publish(before, after) && isNews) {
      changed.run();
    }
  }

  private synchronized Optional<Parting> takeReleased() {
    Optional<Parting> was = released;
    released = Optional.empty();
    return was;
  }

  private void part(Parting parting, long start) {
    unlock();
    if (parting == Parting.OVER) {
      notBefore = start + leaseNanos;
      whyNotBefore = "lost " + path + ", and lets others go first";
    } else if (parting == Parting.YIELDED) {
      seat.leaveToOccupant(start + leaseNanos);
    }
  }

  private synchronized boolean publish(Leadership before, Leadership after) {
    if (released.isPresent()) {
      return false; // What was found out in the meantime is void.
    }
    if (!candidate && before.state() == State.WAITING && after.state() != State.WAITING) {
      return false; // Won by one who is no candidate any more. The next step gives the lock back.
    }
    leadership = after;
    return true;
  }

  private Leadership next(Leadership before, long start) {
    return switch (before.state()) {
      case WAITING -> candidate ? compete(before, start) : standDown(before);
      case HELD, YIELDING -> keep(before, start);
      case LOST -> {
        // Until release() the lock is kept: the routes may not have been withdrawn yet.
        seat.leave();
        yield before;
      }
    };
  }

  private Leadership standDown(Leadership before) {
    leaveAll();
    return waiting(before, "no candidate");
  }

  private Leadership keep(Leadership held, long start) {
    Leadership after = check(held, start);
    if (candidate && after.state() != State.LOST) {
      seat.take();
    } else {
      seat.leave();
    }
    return after;
  }

  private Leadership compete(Leadership before, long start) {
    if (start < notBefore) {
      if (lock.isEmpty()) {
        seat.leave(); // Nobody is to leave it to one who lets others go first.
      }
      return waiting(before, whyNotBefore);
    }
    seat.take();
    seat.look(start);
    if (lock.isEmpty()) {
      if (seat.isLeftToOccupant(start)) {
        return waiting(before, "leaves " + path + " to " + seat.occupant());
      }
      try {
        if (lockFile()) {
          notBefore = start + leaseNanos;
          whyNotBefore =
              "has locked " + path + ", and waits until a former holder must have noticed";
          return waiting(before, whyNotBefore);
        }
      } catch (NotLocked e) {
        seat.lockIsTaken();
        e.identity().ifPresent(identity -> lastSeen = Optional.of(identity));
        return waiting(before, e.reason() + seat.complaint());
      }
      if (seat.leavesToOccupant(start + leaseNanos)) {
        unlock();
        return waiting(before, "leaves " + path + " to " + seat.occupant());
      }
    }
    Optional<String> reason = lock.flatMap(LockFile::lostBecause);
    if (reason.isPresent()) {
      unlock();
      return waiting(before, reason.get());
    }
    lock.ifPresent(LockFile::establish);
    long now = ticker.nanos();
    seat.won(now);
    return Leadership.held(start + leaseNanos, now, "holds the lock on " + path);
  }

  /** Locks the file, and says whether it is new, so that a former holder may not know of it. */
  private boolean lockFile() throws NotLocked {
    LockFile locked = LockFile.lock(path);
    lock = Optional.of(locked);
    boolean isNew =
        !locked.wasEstablished() || lastSeen.filter(i -> !i.equals(locked.identity())).isPresent();
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
    long until = start + leaseNanos;
    if (held.isYielding() || !seat.isHandoverDue(start)) {
      return held.extendedTo(until);
    }
    return Leadership.yielding(
        until, ticker.nanos(), "hands " + path + " over to " + seat.occupant());
  }

  private Leadership lost(String reason) {
    return Leadership.lost(ticker.nanos(), reason);
  }

  private static Leadership waiting(Leadership before, String reason) {
    return Leadership.waiting(before.since(), reason);
  }

  private void unlock() {
    lock.ifPresent(LockFile::close);
    lock = Optional.empty();
  }

  private void leaveAll() {
    unlock();
    seat.leave();
  }
}
