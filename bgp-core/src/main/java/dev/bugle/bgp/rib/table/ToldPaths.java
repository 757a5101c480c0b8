package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.Export;
import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.wire.message.AttributeBlock;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What paths become for the peers of one update group: found and written once for each path of the
 * table, as long as it stands there, or for each destination where the policy asks for these.
 */
final class ToldPaths {

  /** A destination of any family is shorter, so that with more room than this nobody counts. */
  private static final int AMPLE_ROOM = 300;

  /** Paths that are not kept, but told alike within a window or two. */
  private static final int RECENT = 4096;

  /** The path is not told. */
  private static final Optional<ToldPath> NOTHING = Optional.empty();

  /** Octets of a path identifier. */
  private static final int IDENTIFIER = 4;

  private final RoutingTable table;
  private final PeerTerms terms;
  private final boolean severalPaths;
  private final boolean perDestination;

  /** What paths of the table become. */
  private final IdentityHashMap<LearnedPath, Optional<ToldPath>> told = new IdentityHashMap<>();

  /** Of these, equal ones are one. */
  private final Map<Path, ToldPath> distinct = new HashMap<>();

  private final Map<Path, ToldPath> recent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, ToldPath> eldest) {
          return size() > RECENT;
        }
      };

  /** The path that was asked for last: neighbours in the log often have the same. */
  private @Nullable LearnedPath lastPath;

  private Optional<ToldPath> lastTold = NOTHING;

  ToldPaths(RoutingTable table, PeerTerms terms) {
    this.table = table;
    this.terms = terms;
    this.severalPaths = terms.codec().sent().pathIdentifiers().contains(table.family());
    this.perDestination = terms.learned().dependsOnDestination();
  }

  /** What paths become may be another thing from now on. */
  void forget() {
    told.clear();
    distinct.clear();
    recent.clear();
    lastPath = null;
  }

  /** The path stands in the table no more. */
  void gone(LearnedPath path) {
    Optional<ToldPath> was = told.remove(path);
    if (was != null && was.isPresent() && --was.get().uses == 0) {
      distinct.remove(was.get().path());
    }
    if (lastPath == path) {
      lastPath = null;
    }
  }

  /** What a peer is told of the first of our own announcements that is meant for it. */
  Optional<ToldPath> individual(int number, List<LocalRib.Candidate> candidates, Export export) {
    return first(candidates, export).flatMap(this::transientPath).filter(one -> fits(number, one));
  }

  private static Optional<Path> first(List<LocalRib.Candidate> candidates, Export export) {
    return candidates.stream().flatMap(one -> export.apply(one).stream()).findFirst();
  }

  /** What a path of the destination with this number is told as. */
  Optional<ToldPath> of(int number, LearnedPath path) {
    return outcomeOf(number, path).filter(one -> fits(number, one));
  }

  private Optional<ToldPath> outcomeOf(int number, LearnedPath path) {
    if (path == lastPath) {
      return lastTold;
    }
    if (perDestination && path.candidates().isEmpty()) {
      return terms
          .learned()
          .apply(table.destinations().get(number), path)
          .flatMap(this::transientPath);
    }
    Optional<ToldPath> known = told.get(path);
    if (known == null) {
      known = outcome(number, path).flatMap(this::distinct);
      known.ifPresent(one -> one.uses++);
      told.put(path, known);
    }
    lastPath = path;
    lastTold = known;
    return known;
  }

  private Optional<Path> outcome(int number, LearnedPath path) {
    return path.candidates().isEmpty()
        ? terms.learned().apply(table.destinations().get(number), path)
        : first(path.candidates(), terms.local());
  }

  private Optional<ToldPath> distinct(Path path) {
    ToldPath known = distinct.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<ToldPath> fresh = encoded(path);
    fresh.ifPresent(one -> distinct.put(path, one));
    return fresh;
  }

  private Optional<ToldPath> transientPath(Path path) {
    ToldPath known = distinct.getOrDefault(path, recent.get(path));
    if (known != null) {
      return Optional.of(known);
    }
    Optional<ToldPath> fresh = encoded(path);
    fresh.ifPresent(one -> recent.put(path, one));
    return fresh;
  }

  private Optional<ToldPath> encoded(Path path) {
    try {
      return Optional.of(
          new ToldPath(
              path,
              AttributeBlock.of(table.family(), path.attributes(), path.nextHop(), terms.codec())));
    } catch (IllegalArgumentException nextHop) { // of a kind that these peers do not take
      return NOTHING;
    }
  }

  /** A path that is too large with a destination is not told (RFC 4271 §9.2). */
  private boolean fits(int number, ToldPath path) {
    int room = terms.codec().sent().longestMessage() - path.block().messageLength();
    return room >= AMPLE_ROOM
        || room
            >= (severalPaths ? IDENTIFIER : 0)
                + table.destinations().encodedLength(number, terms.codec());
  }
}
