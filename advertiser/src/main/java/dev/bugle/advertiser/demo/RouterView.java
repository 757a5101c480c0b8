package dev.bugle.advertiser.demo;

import dev.bugle.bgp.wire.Prefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** All that the router has seen, in order. For any thread. */
final class RouterView {

  private final List<Sighting> sightings = new ArrayList<>();
  private final Map<String, Set<Prefix>> routes = new HashMap<>();
  private Optional<String> overlap = Optional.empty();

  synchronized void add(Sighting sighting) {
    sightings.add(sighting);
    Set<Prefix> held = routes.computeIfAbsent(sighting.node(), node -> new HashSet<>());
    switch (sighting.kind()) {
      case LEARNED -> {
        Prefix prefix = sighting.prefix().orElseThrow();
        held.add(prefix);
        if (routes.values().stream().filter(of -> of.contains(prefix)).count() > 1) {
          overlap = Optional.of(prefix + " was there from two advertisers at once");
        }
      }
      case WITHDRAWN -> held.remove(sighting.prefix().orElseThrow());
      case SESSION_UP, SESSION_DOWN -> held.clear();
      case NOTIFIED -> {}
    }
    notifyAll();
  }

  /** How many sightings there are: a point in the history from which to {@link #await}. */
  synchronized int mark() {
    return sightings.size();
  }

  /** Whether such a sighting is there, after the mark. */
  synchronized boolean has(int mark, Predicate<Sighting> wanted) {
    return find(mark, wanted).isPresent();
  }

  /** The route that was ever announced by two at once, as a sentence. */
  synchronized Optional<String> overlap() {
    return overlap;
  }

  /** The first such sighting after the mark; empty when there was none within the limit. */
  synchronized Optional<Sighting> await(int mark, Predicate<Sighting> wanted, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    Optional<Sighting> found = find(mark, wanted);
    while (found.isEmpty()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return found;
      }
      wait(left / 1_000_000 + 1);
      found = find(mark, wanted);
    }
    return found;
  }

  /** Whether the one came before the other, after the mark. */
  synchronized boolean inOrder(int mark, Predicate<Sighting> first, Predicate<Sighting> second) {
    List<Sighting> since = sightings.subList(mark, sightings.size());
    int firstAt = indexOf(since, first);
    return firstAt >= 0 && firstAt < indexOf(since, second);
  }

  private static int indexOf(List<Sighting> among, Predicate<Sighting> wanted) {
    for (int i = 0; i < among.size(); i++) {
      if (wanted.test(among.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private Optional<Sighting> find(int mark, Predicate<Sighting> wanted) {
    return sightings.stream().skip(mark).filter(wanted).findFirst();
  }
}
