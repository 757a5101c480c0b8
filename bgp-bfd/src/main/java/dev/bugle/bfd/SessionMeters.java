package dev.bugle.bfd;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import java.util.List;

/** What is counted and measured of one session, and exported while it lives. */
final class SessionMeters {

  private final Meters meters;
  private final Counters counters;
  private final Timer detectionTime;
  private final List<Meter> registered;

  SessionMeters(Meters meters, BfdSessionConfig config, StatusBoard board, Counters counters) {
    this.meters = meters;
    this.counters = counters;
    this.detectionTime = meters.detectionTime(config);
    this.registered = meters.session(config, board, counters);
  }

  Counters counters() {
    return counters;
  }

  Timer detectionTime() {
    return detectionTime;
  }

  /** The session is over. */
  void remove() {
    meters.remove(registered);
    meters.remove(List.of(detectionTime));
  }
}
