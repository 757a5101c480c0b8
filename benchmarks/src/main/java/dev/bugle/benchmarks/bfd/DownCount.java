package dev.bugle.benchmarks.bfd;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How often a session that was up on both sides ceased to be, and how long either side let the
 * other wait while it was up with the times it is configured for. Just after it has come up they
 * are slower ones, by agreement.
 */
final class DownCount {

  private final Map<Side, Integer> downs =
      new EnumMap<>(Map.of(Side.CONTENDER, 0, Side.NEIGHBOUR, 0));
  private final Map<Side, Long> gaps =
      new EnumMap<>(Map.of(Side.CONTENDER, 0L, Side.NEIGHBOUR, 0L));
  private final Map<Side, Sighting> latest = new EnumMap<>(Side.class);
  private final Timing timing;
  private boolean up;
  private boolean settled;

  private DownCount(Timing timing) {
    this.timing = timing;
  }

  /** Counts within the time from one moment to another; what was before says whether it was up. */
  static DownCount within(long fromNanos, long toNanos, Timing timing, List<Sighting> sightings) {
    DownCount count = new DownCount(timing);
    for (Sighting sighting : sightings) {
      if (sighting.nanos() <= toNanos) {
        count.add(sighting, sighting.nanos() >= fromNanos);
      }
    }
    return count;
  }

  private void add(Sighting sighting, boolean counts) {
    Side sender = sighting.sender();
    if (settled && counts) {
      latest.forEach(
          (side, last) -> {
            // A side's gap ends with its next packet, or with the session.
            if (side == sender || !sighting.isUp()) {
              gaps.merge(side, sighting.nanos() - last.nanos(), Math::max);
            }
          });
    }
    if (up && counts && !sighting.isUp()) {
      downs.merge(sender, 1, Integer::sum);
    }
    latest.put(sender, sighting);
    boolean both = latest.size() == Side.values().length;
    up = both && latest.values().stream().allMatch(Sighting::isUp);
    settled = both && latest.values().stream().allMatch(last -> last.isSettled(timing));
  }

  /** How often that side was the first to say so. */
  int of(Side side) {
    return downs.getOrDefault(side, 0);
  }

  int total() {
    return of(Side.CONTENDER) + of(Side.NEIGHBOUR);
  }

  /** The longest time without a packet of that side, in nanoseconds. */
  long longestGap(Side side) {
    return gaps.getOrDefault(side, 0L);
  }
}
