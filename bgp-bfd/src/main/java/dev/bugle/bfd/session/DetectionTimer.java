package dev.bugle.bfd.session;

import dev.bugle.bfd.session.Action.AdjustDetectionTimer;
import dev.bugle.bfd.session.Action.StartDetectionTimer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs out after one Detection Time, and again after twice that time (RFC 5880 §6.8.1, §6.8.4). */
final class DetectionTimer {

  /** What an expiry was. */
  enum Expiry {
    /** No timer ran. */
    NOTHING,
    /** The Detection Time has passed. */
    FIRST,
    /** It has passed twice. */
    SECOND
  }

  private Expiry last = Expiry.SECOND;
  private Optional<Duration> running = Optional.empty();

  /** Whether the first Detection Time is running. */
  boolean isAwaiting() {
    return last == Expiry.NOTHING;
  }

  Expiry expired() {
    if (running.isEmpty()) {
      return Expiry.NOTHING;
    }
    running = Optional.empty();
    last = isAwaiting() ? Expiry.FIRST : Expiry.SECOND;
    return last;
  }

  /** The Detection Time begins now. */
  List<Action> start(Duration detectionTime) {
    last = Expiry.NOTHING;
    running = Optional.of(detectionTime);
    return List.of(new StartDetectionTimer(detectionTime));
  }

  /** The Detection Time, counted from the same beginning, is this one. */
  List<Action> adjust(Duration detectionTime) {
    if (last == Expiry.SECOND) {
      return List.of();
    }
    Duration wanted = isAwaiting() ? detectionTime : detectionTime.multipliedBy(2);
    if (running.filter(wanted::equals).isPresent()) {
      return List.of();
    }
    running = Optional.of(wanted);
    return List.of(new AdjustDetectionTimer(wanted));
  }
}
