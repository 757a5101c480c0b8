package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.LocalRib;
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

  private static final LearnedPath[] NONE = {};

  private final AddressFamily family;
  private final Decision decision;
  private final Listener listener;
  private final DestinationIndex destinations;
  private final Dissemination dissemination;

  /** How many destinations have a path. Others have a number as long as somebody must be told. */
  private int size;

  /**
   * By the number of the destination: null; one path, which is best; or several in an array, of
   * which the first is best, or null when none can be used, and the others are in the order they
   * came.
   */
  private @Nullable Object[] slots = new Object[64];

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
    announce(destination, from.of(received, imported));
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
      announce(destination, from.originated(candidates));
    }
  }

  /** The same for a path that its pool has made for this destination or for another one. */
  public void announce(Nlri destination, LearnedPath path) {
    PathPool from = path.pool();
    int number = destinations.findOrAdd(destination);
    if (number >= slots.length) {
      slots = Arrays.copyOf(slots, number + (number >> 1) + 1);
    }
    Object slot = slots[number];
    LearnedPath before = best(slot);
    if (slot == null) {
      size++;
      from.took(path);
      dissemination.pathChanged(number, path);
      select(number, new LearnedPath[] {path}, null);
      return;
    }
    LearnedPath[] known = paths(slot);
    int at = indexOf(known, path.source(), path.pathIdentifier());
    if (at >= 0 && known[at] == path) {
      return;
    }
    from.took(path);
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
        && indexOf(paths(slots[number]), source, pathIdentifier) >= 0;
  }

  /** The source has withdrawn the destination; nothing happens when it had not announced it. */
  public void withdraw(Nlri destination, PathSource source, long pathIdentifier) {
    int number = destinations.find(destination);
    if (number == DestinationIndex.NONE) {
      return;
    }
    LearnedPath[] known = paths(slots[number]);
    int at = indexOf(known, source, pathIdentifier);
    if (at >= 0) {
      removeIf(number, path -> path == known[at]);
    }
  }

  /** Nothing of this source holds any more. */
  public void withdrawAll(PathSource source) {
    for (int number = 0; number < destinations.limit(); number++) {
      if (destinations.isUsed(number)) {
        removeIf(number, path -> path.source() == source);
      }
    }
  }

  private void removeIf(int number, Predicate<LearnedPath> isGone) {
    LearnedPath[] known = paths(slots[number]);
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
      select(number, Arrays.copyOf(left, count), best(slots[number]));
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
        for (LearnedPath path : paths(slots[number])) {
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
        LearnedPath[] known = paths(slots[number]);
        if (Arrays.stream(known).anyMatch(concerned)) {
          select(number, known, best(slots[number]));
          LearnedPath best = best(slots[number]);
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
      dissemination.gone(path);
    }
  }

  /** These are the paths from now on, in the order they came but for the best one before. */
  private void select(int number, LearnedPath[] paths, @Nullable LearnedPath before) {
    LearnedPath best = paths.length == 0 ? null : decision.best(paths, before);
    if (paths.length == 0) {
      slots[number] = null;
      size--;
    } else if (paths.length == 1 && best != null) {
      slots[number] = best;
    } else {
      slots[number] = inOrder(paths, best);
    }
    dissemination.changed(number, before != best);
    if (before != best && listener.listens()) {
      listener.bestChanged(
          destinations.get(number), Optional.ofNullable(before), Optional.ofNullable(best));
    }
    release(number);
  }

  /** The numbers of destinations with a path, from this one on: that many at most, ascending. */
  int[] numbers(int from, int count) {
    int[] numbers = new int[count];
    int found = 0;
    for (int number = from; number < slots.length && found < count; number++) {
      if (slots[number] != null) {
        numbers[found++] = number;
      }
    }
    return Arrays.copyOf(numbers, found);
  }

  /** The number is given back if there is no path, and nobody who must be told so. */
  void release(int number) {
    if (number < slots.length
        && slots[number] == null
        && destinations.isUsed(number)
        && !dissemination.holds(number)) {
      destinations.remove(number);
      if (destinations.size() == 0) {
        slots = new Object[64];
      }
    }
  }

  /** The best path to the destination with this number. */
  @Nullable LearnedPath best(int number) {
    return number < slots.length ? best(slots[number]) : null;
  }

  /** All paths to the destination with this number, the best one first if one can be used. */
  LearnedPath[] paths(int number) {
    return number < slots.length ? paths(slots[number]) : NONE;
  }

  /** The best one first, or null if there is none; the others behind it. */
  private static @Nullable LearnedPath[] inOrder(LearnedPath[] paths, @Nullable LearnedPath best) {
    @Nullable LearnedPath[] ordered = new LearnedPath[paths.length + (best == null ? 1 : 0)];
    ordered[0] = best;
    int next = 1;
    for (LearnedPath path : paths) {
      if (path != best) {
        ordered[next++] = path;
      }
    }
    return ordered;
  }

  private static @Nullable LearnedPath best(@Nullable Object slot) {
    return slot instanceof LearnedPath[] several ? several[0] : (LearnedPath) slot;
  }

  private static LearnedPath[] paths(@Nullable Object slot) {
    if (slot == null) {
      return NONE;
    }
    if (slot instanceof LearnedPath path) {
      return new LearnedPath[] {path};
    }
    LearnedPath[] several = (LearnedPath[]) slot;
    return several[0] == null ? Arrays.copyOfRange(several, 1, several.length) : several;
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
        : Optional.ofNullable(best(slots[number]));
  }

  /** All paths to exactly this destination; the best one first if one can be used. */
  public List<LearnedPath> paths(Nlri destination) {
    int number = destinations.find(destination);
    return number == DestinationIndex.NONE ? List.of() : List.of(paths(slots[number]));
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
    for (int number : numbers(0, slots.length)) {
      each.accept(destinations.get(number));
    }
  }
}
