package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.LocalRoute;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All paths to the destinations of one family, and which are best: the Adj-RIBs-In and the Loc-RIB
 * (RFC 4271 §3.2). One writer at a time; nobody reads meanwhile.
 */
public final class RoutingTable {

  /** What becomes of changes. Called within the change, by its thread. */
  @FunctionalInterface
  public interface Listener {

    /** Nobody wants to know. */
    Listener NONE = (destination, before, after) -> {};

    /** Another path is best, or none is any more, or there is one for the first time. */
    void bestChanged(Nlri destination, Optional<LearnedPath> before, Optional<LearnedPath> after);

    /** Whether it wants to be told at all now; a full table has many changes. */
    default boolean listens() {
      return true;
    }
  }

  private final AddressFamily family;
  private final Decision decision;
  private final Listener listener;
  private final DestinationIndex destinations;
  private final Dissemination dissemination;
  private final PathSet paths = new PathSet();

  /** How many destinations have a path. Others have a number as long as somebody must be told. */
  private int size;

  private final Slots slots = new Slots();

  /**
   * An empty table.
   *
   * @param seed any number that peers cannot know, so that they cannot choose prefixes that make
   *     look-ups slow
   */
  public RoutingTable(AddressFamily family, Decision decision, Listener listener, long seed) {
    this.family = family;
    this.decision = decision;
    this.listener = listener;
    this.destinations = DestinationIndex.of(family, seed);
    this.dissemination = new Dissemination(this);
  }

  /** Of what family its destinations are. */
  public AddressFamily family() {
    return family;
  }

  /** How many destinations have at least one path. */
  public int size() {
    return size;
  }

  /** What the peers are told of it. */
  public Dissemination dissemination() {
    return dissemination;
  }

  Decision decision() {
    return decision;
  }

  DestinationIndex destinations() {
    return destinations;
  }

  /**
   * The source has announced the destination: this path takes the place of what it had announced
   * before with the same path identifier, it or the session that it succeeds.
   */
  public void announce(
      Nlri destination, PathPool from, LearnedPath.Content received, Imported imported) {
    announce(destination, path(from, received, imported));
  }

  /**
   * This speaker originates the destination, or originates it otherwise: the first of the
   * candidates takes part in the decision, and with it the others stand or fall. Without any, it
   * originates it no more.
   */
  public void originate(Nlri destination, PathPool from, List<LocalRib.Candidate> candidates) {
    if (candidates.isEmpty()) {
      withdraw(destination, from.source(), 0);
    } else {
      announce(destination, originated(from, candidates));
    }
  }

  private LearnedPath originated(PathPool from, List<LocalRib.Candidate> candidates) {
    LocalRoute first = candidates.get(0).route();
    LearnedPath.Content content =
        new LearnedPath.Content(
            first.attributes(), first.nextHop().or(() -> Optional.of(from.source().address())), 0);
    return paths.of(from, content, Imported.unchanged(content), candidates);
  }

  /**
   * The path that the source has so, for any number of destinations. It stands for nothing yet if
   * it is new, and is to be announced at once.
   */
  public LearnedPath path(PathPool from, LearnedPath.Content received, Imported imported) {
    return paths.of(from, received, imported, List.of());
  }

  /** The same for a path that {@link #path} has just made. */
  public void announce(Nlri destination, LearnedPath path) {
    announce(destinations.findOrAdd(destination), path);
  }

  /** The same for many destinations. */
  public void announceAll(List<Nlri> announced, LearnedPath path) {
    destinations.approach(announced);
    for (int i = 0; i < announced.size(); i++) {
      announce(destinations.findOrAdd(announced, i), path);
    }
  }

  private void announce(int number, LearnedPath path) {
    LearnedPath before = slots.best(number);
    if (slots.isEmpty(number)) {
      size++;
      path.pool().took(path);
      dissemination.pathChanged(number, path);
      selectOnly(number, path, null);
      return;
    }
    LearnedPath[] known = slots.paths(number);
    int at = indexOf(known, path.source(), path.pathIdentifier());
    if (at >= 0 && known[at].isSameAs(path)) {
      paths.removeUnused(path);
      return;
    }
    path.pool().took(path);
    dissemination.pathChanged(number, path);
    if (at >= 0) {
      LearnedPath[] changed = known.clone();
      changed[at] = path;
      gave(known[at]);
      select(number, changed, before);
    } else {
      LearnedPath[] more = Arrays.copyOf(known, known.length + 1);
      more[known.length] = path;
      select(number, more, before);
    }
  }

  /** Whether the source, or one that it succeeds, has announced this and not withdrawn it. */
  public boolean isKnown(Nlri destination, PathSource source, long pathIdentifier) {
    int number = destinations.find(destination);
    return number != DestinationIndex.NONE
        && indexOf(slots.paths(number), source, pathIdentifier) >= 0;
  }

  /** The source has withdrawn the destination; nothing happens when it had not announced it. */
  public void withdraw(Nlri destination, PathSource source, long pathIdentifier) {
    withdraw(destinations.find(destination), source, pathIdentifier);
  }

  /** The same for many destinations. */
  public void withdrawAll(List<Nlri> withdrawn, PathSource source, long pathIdentifier) {
    destinations.approach(withdrawn);
    for (int i = 0; i < withdrawn.size(); i++) {
      withdraw(destinations.find(withdrawn, i), source, pathIdentifier);
    }
  }

  private void withdraw(int number, PathSource source, long pathIdentifier) {
    if (number == DestinationIndex.NONE) {
      return;
    }
    LearnedPath[] known = slots.paths(number);
    int at = indexOf(known, source, pathIdentifier);
    if (at >= 0) {
      removeIf(number, path -> path == known[at]);
    }
  }

  /** Nothing of this source holds any more. */
  public void withdrawAll(PathPool of) {
    for (int number = 0; of.uses() > 0 && number < destinations.limit(); number++) {
      if (slots.has(number, of)) {
        removeIf(number, path -> path.pool() == of);
      }
    }
  }

  private void removeIf(int number, Predicate<LearnedPath> isGone) {
    LearnedPath[] known = slots.paths(number);
    LearnedPath[] left = new LearnedPath[known.length];
    int count = 0;
    for (LearnedPath path : known) {
      if (isGone.test(path)) {
        dissemination.pathChanged(number, path);
        gave(path);
      } else {
        left[count++] = path;
      }
    }
    if (count < known.length) {
      select(number, Arrays.copyOf(left, count), slots.best(number));
    }
  }

  /**
   * Asks anew what becomes of every path of this source, as after its import policy was changed.
   *
   * @param changed says it of a destination and of what was received of it
   */
  public void reimport(PathPool from, BiFunction<Nlri, LearnedPath.Content, Imported> changed) {
    for (int number = 0; number < destinations.limit(); number++) {
      if (destinations.isUsed(number)) {
        for (LearnedPath path : slots.paths(number)) {
          if (path.pool() == from) {
            Nlri to = destinations.get(number);
            announce(to, from, path.received(), changed.apply(to, path.received()));
          }
        }
      }
    }
  }

  /**
   * Decides anew for every destination that has a path which this concerns: the way to its next hop
   * has changed, say.
   */
  public void reselect(Predicate<LearnedPath> concerned) {
    dissemination.forgetTold();
    for (int number = 0; number < destinations.limit(); number++) {
      if (destinations.isUsed(number)) {
        LearnedPath[] known = slots.paths(number);
        if (Arrays.stream(known).anyMatch(concerned)) {
          select(number, known, slots.best(number));
          LearnedPath best = slots.best(number);
          if (best != null && best.aigp().isPresent()) {
            dissemination.changed(number, true); // RFC 7311 §3.4.2: another metric is told
          }
        }
      }
    }
  }

  /** The path stands for one destination less. */
  private void gave(LearnedPath path) {
    path.pool().gave(path);
    if (path.uses() == 0) {
      paths.remove(path);
      dissemination.gone(path);
    }
  }

  /** These are the paths from now on, in the order they came but for the best one before. */
  private void select(int number, LearnedPath[] left, @Nullable LearnedPath before) {
    if (left.length == 0) {
      slots.set(number, left, null);
      size--;
      selected(number, null, before);
    } else if (left.length == 1) {
      selectOnly(number, left[0], before);
    } else {
      LearnedPath best = decision.best(left, before);
      slots.set(number, left, best);
      selected(number, best, before);
    }
  }

  private void selectOnly(int number, LearnedPath path, @Nullable LearnedPath before) {
    boolean isUsable = decision.isUsable(path);
    slots.set(number, path, isUsable);
    selected(number, isUsable ? path : null, before);
  }

  private void selected(int number, @Nullable LearnedPath best, @Nullable LearnedPath before) {
    dissemination.changed(number, before != best);
    if (before != best && listener.listens()) {
      listener.bestChanged(
          destinations.get(number), Optional.ofNullable(before), Optional.ofNullable(best));
    }
    release(number);
  }

  /** The numbers of destinations with a path, from this one on: that many at most, ascending. */
  int[] numbers(int from, int count) {
    return slots.numbers(from, count);
  }

  /** The number is given back if there is no path, and nobody who must be told so. */
  void release(int number) {
    if (slots.isEmpty(number) && destinations.isUsed(number) && !dissemination.holds(number)) {
      destinations.remove(number);
      if (destinations.size() == 0) {
        slots.clear();
      }
    }
  }

  /** The best path to the destination with this number. */
  @Nullable LearnedPath best(int number) {
    return slots.best(number);
  }

  /** All paths to the destination with this number, the best one first if one can be used. */
  LearnedPath[] paths(int number) {
    return slots.paths(number);
  }

  private static int indexOf(LearnedPath[] paths, PathSource source, long pathIdentifier) {
    for (int i = 0; i < paths.length; i++) {
      if (paths[i].pathIdentifier() == pathIdentifier && source.replaces(paths[i].source())) {
        return i;
      }
    }
    return -1;
  }

  /** The best path to exactly this destination; empty when there is none that can be used. */
  public Optional<LearnedPath> best(Nlri destination) {
    int number = destinations.find(destination);
    return number == DestinationIndex.NONE
        ? Optional.empty()
        : Optional.ofNullable(slots.best(number));
  }

  /** All paths to exactly this destination; the best one first if one can be used. */
  public List<LearnedPath> paths(Nlri destination) {
    int number = destinations.find(destination);
    return number == DestinationIndex.NONE ? List.of() : List.of(slots.paths(number));
  }

  /** For each path to exactly this destination that is not best, the step that it lost in. */
  public Map<LearnedPath, DecisionStep> losses(Nlri destination) {
    return decision.losses(paths(destination), best(destination));
  }

  /** The paths that count as best, as many as the configuration allows; the best one first. */
  public List<LearnedPath> multipath(Nlri destination) {
    return decision.multipath(paths(destination), best(destination));
  }

  /** The longest prefix that the address is in and that has a path that can be used. */
  public Optional<Prefix> longestMatch(IpAddress address) {
    for (int length = address.bitLength(); length >= 0; length--) {
      Prefix prefix = new Prefix(address.masked(length), length);
      if (best(prefix).isPresent()) {
        return Optional.of(prefix);
      }
    }
    return Optional.empty();
  }

  /** The prefixes in the table that this one is in, itself among them, the longest first. */
  public List<Prefix> covering(Prefix prefix) {
    List<Prefix> covering = new ArrayList<>();
    for (int length = prefix.length(); length >= 0; length--) {
      Prefix shorter = new Prefix(prefix.address().masked(length), length);
      if (!paths(shorter).isEmpty()) {
        covering.add(shorter);
      }
    }
    return covering;
  }

  /** The prefixes in the table that are in this one, itself among them, in no order. */
  public List<Prefix> covered(Prefix prefix) {
    List<Prefix> covered = new ArrayList<>();
    forEach(
        destination -> {
          if (destination instanceof Prefix other && prefix.covers(other)) {
            covered.add(other);
          }
        });
    return covered;
  }

  /** Each destination that has a path, in no order. The table must not be changed meanwhile. */
  public void forEach(Consumer<Nlri> each) {
    for (int number : numbers(0, Integer.MAX_VALUE)) {
      each.accept(destinations.get(number));
    }
  }
}
