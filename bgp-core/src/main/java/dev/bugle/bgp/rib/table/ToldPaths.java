package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.Export;
import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import dev.bugle.bgp.wire.message.AttributeBlock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What paths become for the peers of one update group: found and written when a peer is to be told,
 * and remembered for those who are told soon after. It is found anew for a peer that comes later,
 * which costs less than to keep all for as long as the paths stand.
 */
final class ToldPaths {

  /** How much is remembered: more than the paths that come mixed in a window. A power of two. */
  private static final int REMEMBERED = 1024;

  /** The path is not told. */
  private static final Optional<ToldPath> NOTHING = Optional.empty();

  /** Octets of a path identifier. */
  private static final int IDENTIFIER = 4;

  private final RoutingTable table;
  private final PeerTerms terms;
  private final boolean severalPaths;
  private final boolean perDestination;

  /**
   * What paths of the table become, where their attributes say by hash. Those that meet there
   * displace one another: then more is found anew, and nothing worse.
   */
  private final @Nullable Outcome[] told = new Outcome[REMEMBERED];

  /** Of these, equal ones are one, as far as they are remembered; by hash as well. */
  private final @Nullable ToldPath[] distinct = new ToldPath[REMEMBERED];

  private boolean remembers;

  /** The path that was asked for last: neighbours in the log often have the same. */
  private @Nullable LearnedPath lastPath;

  private Optional<ToldPath> lastTold = NOTHING;

  private record Outcome(LearnedPath path, Optional<ToldPath> told) {}

  ToldPaths(RoutingTable table, PeerTerms terms) {
    this.table = table;
    this.terms = terms;
    this.severalPaths = terms.codec().sent().pathIdentifiers().contains(table.family());
    this.perDestination = terms.learned().dependsOnDestination();
  }

  /** What paths become may be another thing from now on, or nobody wants to know for a while. */
  void forget() {
    if (remembers) {
      Arrays.fill(told, null);
      Arrays.fill(distinct, null);
      lastPath = null;
      remembers = false;
    }
  }

  /** The path stands in the table no more. */
  void gone(LearnedPath path) {
    int slot = slot(path.received().attributes());
    Outcome outcome = told[slot];
    if (outcome != null && outcome.path() == path) {
      told[slot] = null;
    }
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
    Optional<ToldPath> outcome = outcomeOf(number, path);
    return outcome.isEmpty() || fits(number, outcome.get()) ? outcome : NOTHING;
  }

  private Optional<ToldPath> outcomeOf(int number, LearnedPath path) {
    if (path == lastPath) {
      return lastTold;
    }
    if (perDestination && path.candidates().isEmpty()) {
      return terms.learned().apply(table.destinations().get(number), path).flatMap(this::distinct);
    }
    int slot = slot(path.received().attributes());
    Outcome known = told[slot];
    if (known == null || known.path() != path) {
      known = new Outcome(path, outcome(number, path).flatMap(this::distinct));
      told[slot] = known;
      remembers = true;
    }
    lastPath = path;
    lastTold = known.told();
    return lastTold;
  }

  private Optional<Path> outcome(int number, LearnedPath path) {
    return path.candidates().isEmpty()
        ? terms.learned().apply(table.destinations().get(number), path)
        : first(path.candidates(), terms.local());
  }

  private Optional<ToldPath> distinct(Path path) {
    int slot = slot(path.attributes());
    ToldPath known = distinct[slot];
    if (known != null && known.path().equals(path)) {
      return Optional.of(known);
    }
    remembers = true;
    Optional<ToldPath> fresh = encoded(path);
    fresh.ifPresent(one -> distinct[slot] = one);
    return fresh;
  }

  private static int slot(PathAttributes attributes) {
    int hash = attributes.hashCode() * 0x9E3779B9;
    return (hash ^ hash >>> 16) & REMEMBERED - 1;
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
    return room
        >= (severalPaths ? IDENTIFIER : 0)
            + table.destinations().encodedLength(number, terms.codec());
  }
}
