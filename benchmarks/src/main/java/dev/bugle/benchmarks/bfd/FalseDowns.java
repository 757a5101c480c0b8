package dev.bugle.benchmarks.bfd;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Counts how often a session goes Down whose neighbour sends all the time. The contender is to
 * blame for all of them: it has not read what was there, or not sent in time.
 */
final class FalseDowns {

  private static final Duration DELAY_LIMIT = Duration.ofSeconds(30);

  private FalseDowns() {}

  static Finding measure(Trial trial, BfdPlan plan, Path directory)
      throws IOException, InterruptedException {
    try (Pairing pairing = Pairing.start(trial, 1, directory);
        Capture capture = pairing.capture()) {
      pairing.requireSteady(capture);
      try (BusyLoops loops = trial.load().begin(directory)) {
        long from = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
        long to = from + plan.window().toNanos();
        List<Sighting> seen =
            capture
                .trace()
                .require(
                    plan.window().plus(DELAY_LIMIT),
                    "a packet later than " + plan.window().toSeconds() + " s",
                    sightings -> sightings.get(sightings.size() - 1).nanos() > to);
        loops.requireAlive();
        pairing.speaker().requireAlive();
        return new Finding.Downs(
            plan.window().toSeconds(), DownCount.within(from, to, trial.timing(), seen));
      }
    }
  }
}
