package dev.bugle.advertiser;

import dev.bugle.advertiser.leadership.AlwaysConfig;
import dev.bugle.advertiser.leadership.ElectorConfig;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How the leaderships of one configuration become those of another. What goes is given up in order
 * before anybody succeeds it, since the two may compete for one thing, as with an election whose
 * name alone is another.
 *
 * @param configs what is configured after it
 * @param kept those that stay
 * @param going those that end
 * @param fresh those that begin, started and no candidates
 */
record Succession(
    Map<String, ElectorConfig> configs,
    Map<String, Contest> kept,
    Map<String, Contest> going,
    Map<String, Contest> fresh) {

  /** What a leadership that is given up may take beyond its flush and its overlap. */
  private static final Duration MARGIN = Duration.ofSeconds(3);

  /** Those that there are until what goes has been given up. */
  Map<String, Contest> interim() {
    Map<String, Contest> all = new HashMap<>(kept);
    all.putAll(going);
    fresh.forEach(
        (name, contest) -> {
          if (configs.get(name) instanceof AlwaysConfig) {
            all.putIfAbsent(name, contest); // It competes with nobody.
          }
        });
    return all;
  }

  /** Those of which a VIP may be announced until then: nobody else competes for them. */
  Set<String> usable() {
    Map<String, Contest> all = new HashMap<>(interim());
    all.keySet().removeAll(going.keySet());
    return Set.copyOf(all.keySet());
  }

  /** Those that there are in the end. */
  Map<String, Contest> successors() {
    Map<String, Contest> all = new HashMap<>(kept);
    all.putAll(fresh);
    return all;
  }

  /** Until when what goes must have been given up. */
  Duration patience() {
    return going.values().stream()
        .map(contest -> contest.handover().overlap())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO)
        .plus(Handovers.FLUSH_LIMIT)
        .plus(MARGIN);
  }

  /** Ends those that would have begun, except for any that are in office by now. */
  void cancel(Set<String> inOffice) {
    fresh.forEach(
        (name, contest) -> {
          if (!inOffice.contains(name)) {
            contest.elector().close();
          }
        });
  }

  /** Ends those that would have begun. */
  void cancel() {
    cancel(Set.of());
  }
}
