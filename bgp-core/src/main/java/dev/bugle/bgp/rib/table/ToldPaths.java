package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.Export;
import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.wire.message.AttributeBlock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What paths become for the peers of one update group: found and written when a peer is to be told,
 * and remembered for those who are told soon after. It is found anew for a peer that comes later,
 * which costs less than to keep all for as long as the paths stand.
 */
final class ToldPaths {

  /** A destination of any family is shorter, so that with more room than this nobody counts. */
  private static final int AMPLE_ROOM = 300;

  /** How much is remembered: as many paths as a window has destinations, at least. */
  private static final int REMEMBERED = Recipient.WINDOW;

  /** The path is not told. */
  private static final Optional<ToldPath> NOTHING = Optional.empty();

  /** Octets of a path identifier. */
  private static final int IDENTIFIER = 4;

  private final RoutingTable table;
  private final PeerTerms terms;
  private final boolean severalPaths;
  private final boolean perDestination;

  /** What paths of the table become. */
  private final Map<LearnedPath, Optional<ToldPath>> told = new Memory<>();

  /** Of these, equal ones are one. */
  private final Map<Path, ToldPath> distinct = new Memory<>();

  /** The path that was asked for last: neighbours in the log often have the same. */
  private @Nullable LearnedPath lastPath;

  private Optional<ToldPath> lastTold = NOTHING;

  /** Forgets what is oldest where there is more than is remembered. */
  private static final class Memory<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > REMEMBERED;
    }
  }

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
    lastPath = null;
  }

  /** The path stands in the table no more. */
  void gone(LearnedPath path) {
    told.remove(path);
    if (lastPath == path) {
      lastPath = null;
    }
  }

  /** What a peer is told of the first of our own announcements that is meant for it. */
  Optional<ToldPath> individual(int number, List<LocalRib.Candidate> candidates, Export export) {
    return first(candidates, export).flatMap(this::distinct).filter(one -> fits(number, one));
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
      return terms.learned().apply(table.destinations().get(number), path).flatMap(this::distinct);
    }
    Optional<ToldPath> known = told.get(path);
    if (known == null) {
      known = outcome(number, path).flatMap(this::distinct);
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
