package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The desired set: for each prefix the routes that were asked for, in the order they came.
 *
 * <p>A peer that takes one path for a prefix is told of the earliest; when it goes, the next takes
 * its place. So two announcements of one prefix do not undo each other, and a later one does not
 * make the earlier flap. What a policy keeps from the peer does not count. A peer that takes
 * several is told of all.
 */
public final class LocalRib {

  private final Map<Prefix, List<Entry>> entries = new LinkedHashMap<>();

  /** A route and who asked for it; compared by identity of the asker. */
  private record Entry(Object owner, Candidate candidate) {}

  /** An empty set. */
  public LocalRib() {}

  /**
   * A route that may be told of.
   *
   * @param pathIdentifier tells it from others for its prefix as long as it is there (RFC 7911)
   * @param route what was asked for
   * @param policy which peers it is for, and what is changed of it for some of them
   */
  public record Candidate(long pathIdentifier, LocalRoute route, RoutePolicy policy) {}

  /**
   * What is to be announced for a prefix from now on.
   *
   * @param prefix the destination
   * @param candidates in the order they came; none when it is to be withdrawn
   */
  public record Change(Prefix prefix, List<Candidate> candidates) {

    /** Copies the list. */
    public Change {
      candidates = List.copyOf(candidates);
    }
  }

  /** Adds a route for every peer; returns the change that follows. */
  public Change add(Object owner, LocalRoute route) {
    return add(owner, route, RoutePolicy.ACCEPT_ALL);
  }

  /** Adds a route for the peers that the policy accepts; returns the change that follows. */
  public Change add(Object owner, LocalRoute route, RoutePolicy policy) {
    List<Entry> routes = entries.computeIfAbsent(route.prefix(), unused -> new ArrayList<>(1));
    routes.add(new Entry(owner, new Candidate(freeIdentifier(routes), route, policy)));
    return change(route.prefix(), routes);
  }

  private static long freeIdentifier(List<Entry> routes) {
    Set<Long> taken = new HashSet<>();
    routes.forEach(entry -> taken.add(entry.candidate().pathIdentifier()));
    long free = 1;
    while (taken.contains(free)) {
      free++;
    }
    return free;
  }

  /**
   * Removes the route that this owner added for the prefix; returns the change that follows, if it
   * was there.
   */
  public Optional<Change> remove(Object owner, Prefix prefix) {
    List<Entry> routes = entries.getOrDefault(prefix, List.of());
    if (routes.stream().noneMatch(entry -> entry.owner() == owner)) {
      return Optional.empty();
    }
    routes.removeIf(entry -> entry.owner() == owner);
    if (routes.isEmpty()) {
      entries.remove(prefix);
    }
    return Optional.of(change(prefix, routes));
  }

  /** Removes everything; returns the changes that follow. */
  public List<Change> clear() {
    List<Change> changes =
        entries.keySet().stream().map(prefix -> new Change(prefix, List.of())).toList();
    entries.clear();
    return changes;
  }

  /** How many destinations are to be announced. */
  public int size() {
    return entries.size();
  }

  /** The whole desired set, as changes from nothing. */
  public List<Change> snapshot() {
    List<Change> changes = new ArrayList<>(entries.size());
    entries.forEach((prefix, routes) -> changes.add(change(prefix, routes)));
    return changes;
  }

  private static Change change(Prefix prefix, List<Entry> routes) {
    return new Change(prefix, routes.stream().map(Entry::candidate).toList());
  }
}
