package dev.bugle.advertiser.leadership;

import dev.bugle.advertiser.lock.LockFile;
import dev.bugle.advertiser.lock.LockFile.NotLocked;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the preferred candidate of a lock file makes itself known: a second file, {@code
 * NAME.preferred}, that it keeps locked while it stands. The kernel clears it away with the
 * process.
 *
 * <p>The preferred candidate calls {@link #take} and {@link #leave}. The others look who sits there
 * at each poll. They leave a free lock to it for one lease, and the holder hands over to it once it
 * has been sitting there for the hold-off. Whoever sits there and does not take what it was left
 * has probably a thread that hangs: it is passed over until it has left the seat.
 *
 * <p>Looking is by a lock too, for a moment, so the preferred candidate may find its own seat taken
 * by somebody who looks; it tries again at the next poll. For the elector's thread only.
 */
final class PreferredSeat {

  /** Somebody who looks is in the way once, hardly twice in a row. */
  private static final int REFUSALS_THAT_COUNT = 2;

  private final Path path;
  private final Preference preference;

  // For the preferred candidate.
  private Optional<LockFile> seat = Optional.empty();
  private int refusals;
  private String refusal = "";

  // For the others. Readings of the ticker.
  private Optional<String> occupant = Optional.empty();
  private long since;
  private long leftUntil;
  private boolean isPassedOver;

  PreferredSeat(FileLockConfig config) {
    Path lock = config.path().toAbsolutePath();
    this.path = lock.resolveSibling(lock.getFileName() + ".preferred");
    this.preference = config.preference();
  }

  /** Makes known that it stands, if this is the preferred candidate. */
  void take() {
    if (!preference.preferred()) {
      return;
    }
    if (seat.flatMap(LockFile::lostBecause).isPresent()) {
      leave(); // Nobody looks at this file any more.
    }
    if (seat.isEmpty()) {
      try {
        seat = Optional.of(LockFile.lock(path));
        refusals = 0;
      } catch (NotLocked e) {
        refusals++;
        refusal = e.reason();
      }
    }
  }

  /** Makes known that it does not stand. */
  void leave() {
    seat.ifPresent(LockFile::close);
    seat = Optional.empty();
    refusals = 0;
  }

  /** Why it cannot make known that it stands, after a reason; nothing while it can. */
  String complaint() {
    return refusals < REFUSALS_THAT_COUNT
        ? ""
        : "; it cannot make known that it is preferred: " + refusal;
  }

  /** Looks who sits there, unless this is the preferred candidate itself. */
  void look(long now) {
    Optional<String> seen = preference.preferred() ? Optional.empty() : LockFile.holderOf(path);
    if (!seen.equals(occupant)) {
      occupant = seen;
      since = now;
      isPassedOver = false;
    }
  }

  /** The preferred candidate that was seen, in words. */
  String occupant() {
    return occupant.map(who -> "the preferred " + who).orElse("nobody");
  }

  /** Whether the free lock is left to the preferred candidate now. */
  boolean isLeftToOccupant(long now) {
    return occupant.isPresent() && now < leftUntil;
  }

  /** Leaves the lock to the preferred candidate until then. */
  void leaveToOccupant(long until) {
    leftUntil = until;
  }

  /**
   * Whether the lock, which was found free, is to be left to the preferred candidate; otherwise it
   * has had its time.
   */
  boolean leavesToOccupant(long until) {
    if (occupant.isEmpty() || isPassedOver) {
      return false;
    }
    if (leftUntil != 0) {
      isPassedOver = true;
      return false;
    }
    leftUntil = until;
    return true;
  }

  /** Another has taken the lock. */
  void lockIsTaken() {
    leftUntil = 0;
  }

  /** Leadership was won: the hold-off begins at the earliest now. */
  void won(long now) {
    leftUntil = 0;
    since = now;
  }

  /** Looks, and says whether the holder is to hand over to the preferred candidate. */
  boolean isHandoverDue(long now) {
    Optional<Duration> holdOff = preference.failBack();
    if (preference.preferred() || holdOff.isEmpty()) {
      return false;
    }
    look(now);
    return occupant.isPresent() && !isPassedOver && now - since >= holdOff.get().toNanos();
  }
}
