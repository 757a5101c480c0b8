package dev.bugle.benchmarks.bfd;

import dev.bugle.benchmarks.Latencies;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Lets the neighbour fall silent, over and over. Every contender here sends a packet as soon as its
 * session is Down, as RFC 5880 §6.8.7 allows; that packet's time is taken for the Down.
 */
final class DetectionTime {

  private static final Duration DOWN_LIMIT = Duration.ofSeconds(10);

  /** Longer than any interval, so that silence begins at any moment of it. */
  private static final int PHASE_MILLIS = 250;

  private DetectionTime() {}

  static Finding measure(Trial trial, BfdPlan plan, Path directory)
      throws IOException, InterruptedException {
    RandomGenerator random = RandomGenerator.getDefault();
    List<Long> found = new ArrayList<>();
    int early = 0;
    try (Pairing pairing = Pairing.start(trial, 1, directory);
        Capture capture = pairing.capture()) {
      int wanted = plan.warmUp() + plan.drops();
      while (found.size() < wanted) {
        int mark = pairing.requireSteady(capture).size();
        Thread.sleep(random.nextInt(PHASE_MILLIS));
        pairing.neighbour().silence();
        List<Sighting> seen =
            capture
                .trace()
                .require(
                    DOWN_LIMIT,
                    "a Down after the neighbour fell silent",
                    sightings -> silentBeforeDown(sightings, mark).isPresent());
        capture.trace().clear();
        pairing.neighbour().unsilence();
        long nanos = silentBeforeDown(seen, mark).orElseThrow();
        if (nanos >= trial.timing().detectionNanos()) {
          found.add(nanos);
        } else if (++early > plan.drops()) {
          throw new IOException(early + " Downs in less than the detection time");
        }
      }
    }
    long[] counted = found.stream().skip(plan.warmUp()).mapToLong(Long::longValue).toArray();
    return new Finding.Detection(new Latencies(counted), early);
  }

  /**
   * From the neighbour's last packet to the first one of the contender that is not up; empty if
   * there is no such packet.
   *
   * @param mark the number of the sightings from before it was sent
   */
  static OptionalLong silentBeforeDown(List<Sighting> sightings, int mark) {
    for (int down = mark; down < sightings.size(); down++) {
      Sighting sighting = sightings.get(down);
      if (sighting.sender() == Side.CONTENDER && !sighting.isUp()) {
        for (int last = down - 1; last >= 0; last--) {
          if (sightings.get(last).sender() == Side.NEIGHBOUR) {
            return OptionalLong.of(sighting.nanos() - sightings.get(last).nanos());
          }
        }
      }
    }
    return OptionalLong.empty();
  }
}
