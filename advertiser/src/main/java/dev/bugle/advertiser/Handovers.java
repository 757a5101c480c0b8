package dev.bugle.advertiser;

import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.Leadership;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leaderships that are being given up. In order: withdraw, flush, and only then let another
 * lead. With an overlap: let another lead, and withdraw a while later. Until it is done the
 * decisions see a stand-in for what the elector says.
 */
final class Handovers {

  /** How long a peer that does not read may delay a release. */
  static final Duration FLUSH_LIMIT = Duration.ofSeconds(2);

  /** How long others go first after a leadership was given up that cannot be made use of. */
  static final Duration STAND_BACK = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Handovers.class);

  /** One under way; without an elector it is released already. */
  private record Pending(
      Leadership standIn,
      Optional<Elector> toRelease,
      CompletableFuture<Void> flushed,
      long deadline) {}

  private final Map<String, Pending> pending = new HashMap<>();
  private final Map<String, Long> standAgain = new HashMap<>();

  /** Begins one in order; {@code flushed} covers the withdrawals of all that it protected. */
  void begin(
      String name, Contest contest, Leadership over, CompletableFuture<Void> flushed, long now) {
    pending.put(
        name,
        new Pending(
            Leadership.lost(now, over.reason()),
            Optional.of(contest.elector()),
            flushed,
            now + FLUSH_LIMIT.toNanos()));
  }

  /** Begins one with an overlap, of a leadership that is still held. */
  void overlap(String name, Contest contest, Leadership over, long now) {
    long until = now + contest.handover().overlap().toNanos();
    pending.put(
        name,
        new Pending(
            Leadership.held(until, over.since(), "handed over, and overlaps for a while"),
            Optional.empty(),
            new CompletableFuture<>(),
            until));
    contest.elector().release();
  }

  /** What to believe of that leadership instead of its elector; empty: the elector. */
  Optional<Leadership> standIn(String name) {
    return Optional.ofNullable(pending.get(name)).map(Pending::standIn);
  }

  /** Others go first. */
  void standBack(String name, long now) {
    standAgain.put(name, now + STAND_BACK.toNanos());
  }

  boolean isPending(String name) {
    return pending.containsKey(name);
  }

  /** Whether that one is under way with an overlap. */
  boolean overlaps(String name) {
    Pending one = pending.get(name);
    return one != null && one.toRelease().isEmpty();
  }

  /**
   * Ends an overlap before its time, since nothing is announced under it any more.
   *
   * @return whether there was one
   */
  boolean endOverlap(String name) {
    return overlaps(name) && pending.remove(name) != null;
  }

  /** Whether it is time to compete for it again. */
  boolean mayStand(String name, long now) {
    return !isPending(name) && now >= standAgain.getOrDefault(name, Long.MIN_VALUE);
  }

  /** Finishes what is flushed, or has waited long enough. */
  void finish(long now) {
    standAgain.values().removeIf(time -> now >= time);
    Iterator<Map.Entry<String, Pending>> each = pending.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, Pending> entry = each.next();
      Pending handover = entry.getValue();
      boolean flushed =
          handover.flushed().isDone() && !handover.flushed().isCompletedExceptionally();
      if (flushed || now >= handover.deadline()) {
        if (!flushed && handover.toRelease().isPresent()) {
          log.warn(
              "leadership {}: released although a withdrawal is not flushed after {} s; that peer"
                  + " keeps the route until its hold timer expires",
              entry.getKey(),
              FLUSH_LIMIT.toSeconds());
        }
        each.remove();
        handover.toRelease().ifPresent(Elector::release);
      }
    }
  }

  /** Whether none is under way. */
  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** When {@link #finish} must be called at the latest, or one may stand again. */
  long nextDeadline() {
    long next = pending.values().stream().mapToLong(Pending::deadline).min().orElse(Long.MAX_VALUE);
    return Math.min(
        next, standAgain.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE));
  }
}
