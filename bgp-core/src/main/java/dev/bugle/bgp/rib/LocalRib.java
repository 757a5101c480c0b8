package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The desired set: for each prefix the routes that were asked for, in the order they came.
 *
 * <p>Of several routes for one prefix the earliest is announced; when it goes, the next takes its
 * place. So two announcements of one prefix do not undo each other, and a later one does not make
 * the earlier flap.
 */
public final class LocalRib {

  private final Map<Prefix, List<Entry>> entries = new LinkedHashMap<>();

  /** A route and who asked for it; compared by identity of the asker. */
  private record Entry(Object owner, LocalRoute route) {}

  /** An empty set. */
  public LocalRib() {}

  /**
   * What is to be announced for a prefix from now on.
   *
   * @param prefix the destination
   * @param route empty when it is to be withdrawn
   */
  public record Change(Prefix prefix, Optional<LocalRoute> route) {}

  /** Adds a route; returns the change that follows, if any. */
  public Optional<Change> add(Object owner, LocalRoute route) {
    List<Entry> routes = entries.computeIfAbsent(route.prefix(), unused -> new ArrayList<>(1));
    routes.add(new Entry(owner, route));
    return routes.size() == 1
        ? Optional.of(new Change(route.prefix(), Optional.of(route)))
        : Optional.empty();
  }

  /** Removes the route that this owner added for the prefix; returns the change that follows. */
  public Optional<Change> remove(Object owner, Prefix prefix) {
    List<Entry> routes = entries.get(prefix);
    if (routes == null) {
      return Optional.empty();
    }
    LocalRoute before = routes.get(0).route();
    routes.removeIf(entry -> entry.owner() == owner);
    if (routes.isEmpty()) {
      entries.remove(prefix);
      return Optional.of(new Change(prefix, Optional.empty()));
    }
    LocalRoute after = routes.get(0).route();
    return after.equals(before)
        ? Optional.empty()
        : Optional.of(new Change(prefix, Optional.of(after)));
  }

  /** Removes everything; returns the changes that follow. */
  public List<Change> clear() {
    List<Change> changes =
        entries.keySet().stream().map(prefix -> new Change(prefix, Optional.empty())).toList();
    entries.clear();
    return changes;
  }

  /** The whole desired set, as changes from nothing. */
  public List<Change> snapshot() {
    List<Change> changes = new ArrayList<>(entries.size());
    entries.forEach((prefix, routes) -> changes.add(new Change(prefix, first(routes))));
    return changes;
  }

  private static Optional<LocalRoute> first(List<Entry> routes) {
    return routes.isEmpty() ? Optional.empty() : Optional.of(routes.get(0).route());
  }
}
