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
 * The leaderships that are over and wait for their withdrawals to be flushed: withdraw, flush, and
 * only then let another lead.
 */
final class Releases {

  /** How long a peer that does not read may delay a release. */
  static final Duration FLUSH_LIMIT = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(Releases.class);

  private record Release(Leadership over, CompletableFuture<Void> flushed, long deadline) {}

  private final Map<String, Elector> electors;
  private final Map<String, Release> pending = new HashMap<>();

  Releases(Map<String, Elector> electors) {
    this.electors = electors;
  }

  /** Begins one; {@code flushed} covers the withdrawals of everything that it protected. */
  void begin(String name, Leadership over, CompletableFuture<Void> flushed, long now) {
    pending.put(name, new Release(over, flushed, now + FLUSH_LIMIT.toNanos()));
  }

  /** The leadership that is being released; empty when none is. */
  Optional<Leadership> pending(String name) {
    return Optional.ofNullable(pending.get(name)).map(Release::over);
  }

  /** Releases what is flushed, or has waited too long. */
  void finish(long now) {
    Iterator<Map.Entry<String, Release>> each = pending.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, Release> entry = each.next();
      Release release = entry.getValue();
      boolean flushed = release.flushed().isDone() && !release.flushed().isCompletedExceptionally();
      if (flushed || now >= release.deadline()) {
        if (!flushed) {
          log.warn(
              "leadership {}: released although a withdrawal is not flushed after {} s; that peer"
                  + " keeps the route until its hold timer expires",
              entry.getKey(),
              FLUSH_LIMIT.toSeconds());
        }
        each.remove();
        release(entry.getKey());
      }
    }
  }

  private void release(String name) {
    Elector elector = electors.get(name);
    if (elector != null) {
      elector.release();
    }
  }

  /** Whether none is pending. */
  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** When {@link #finish} must be called at the latest. */
  long nextDeadline() {
    return pending.values().stream().mapToLong(Release::deadline).min().orElse(Long.MAX_VALUE);
  }
}
