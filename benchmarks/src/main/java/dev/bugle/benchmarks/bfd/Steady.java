package dev.bugle.benchmarks.bfd;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Whether a session is up and has been for a while, with the times it is configured for: the times
 * of a session that has just come up are slower ones, until a poll sequence has ended.
 */
record Steady(Timing timing) implements Predicate<List<Sighting>> {

  private static final int PACKETS = 8;

  @Override
  public boolean test(List<Sighting> sightings) {
    Map<Side, Integer> settled = new EnumMap<>(Map.of(Side.CONTENDER, 0, Side.NEIGHBOUR, 0));
    for (int i = sightings.size() - 1; i >= 0; i--) {
      Sighting sighting = sightings.get(i);
      if (!sighting.isSettled(timing)) {
        return false;
      }
      settled.merge(sighting.sender(), 1, Integer::sum);
      if (settled.values().stream().allMatch(count -> count >= PACKETS)) {
        return true;
      }
    }
    return false;
  }
}
