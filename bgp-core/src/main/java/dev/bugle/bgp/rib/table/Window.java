package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.wire.message.PackedUpdates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some destinations, and what an update group is told of each: nothing, one path, or several where
 * its peers take several. And what was packed of it so far, so that it is packed once for all whom
 * it serves.
 *
 * <p>It is as the table was at one moment. Who uses it later passes over what has changed since.
 */
final class Window {

  private static final List<LocalRib.Candidate> NONE = List.of();

  private final ToldPaths outcomes;
  private final int[] numbers;

  /** Where a reader stands that has been served by it. */
  private final long next;

  /** By destination: where its entries begin; those of the next one begin where they end. */
  private final int[] starts;

  private int entries;
  private int[] destinations;
  private LearnedPath[] paths;
  private @Nullable ToldPath[] told;

  /** By entry, a bit: it is known what the group is told. */
  private long[] asked;

  private long[] identifiers;

  /** By entry: the announcements of ours that each peer must be asked for itself; or null. */
  private @Nullable List<LocalRib.Candidate> @Nullable [] individual;

  private final List<Packed> packed = new ArrayList<>();

  /** Whether others may be served by it, too, and it is released in the end. */
  private boolean shared;

  private record Packed(Selection selection, List<PackedUpdates> updates) {}

  Window(ToldPaths outcomes, int[] numbers, long next) {
    this.outcomes = outcomes;
    this.numbers = numbers;
    this.next = next;
    this.destinations = new int[numbers.length];
    this.starts = new int[numbers.length + 1];
    this.paths = new LearnedPath[numbers.length];
    this.told = new ToldPath[numbers.length];
    this.asked = new long[(numbers.length + 63) >> 6];
    this.identifiers = new long[numbers.length];
  }

  /** How many destinations it has. */
  int size() {
    return numbers.length;
  }

  /** Where a reader stands that has been served by it. */
  long next() {
    return next;
  }

  /** The destinations; not to be changed. */
  int[] numbers() {
    return numbers;
  }

  int number(int index) {
    return numbers[index];
  }

  int start(int index) {
    return starts[index];
  }

  int end(int index) {
    return starts[index + 1];
  }

  int entries() {
    return entries;
  }

  /** The number of an entry's destination. */
  int destination(int entry) {
    return destinations[entry];
  }

  LearnedPath path(int entry) {
    return paths[entry];
  }

  /**
   * What the group is told; null where that is nothing, or each peer is asked for itself. It is
   * found when somebody wants to know: of what only its own source could be told, nobody does.
   */
  @Nullable ToldPath told(int entry) {
    if ((asked[entry >> 6] >>> entry & 1) == 0) {
      answer(entry, outcomes.of(destinations[entry], paths[entry]).orElse(null));
    }
    return told[entry];
  }

  long identifier(int entry) {
    return identifiers[entry];
  }

  /** Our own announcements, the first of which that suits a peer it is told; empty where none. */
  List<LocalRib.Candidate> individual(int entry) {
    List<LocalRib.Candidate> candidates = individual == null ? null : individual[entry];
    return candidates == null ? NONE : candidates;
  }

  /** An entry of a destination; those of one are added together, in the order of the numbers. */
  void add(int number, LearnedPath path, long identifier) {
    makeRoom();
    destinations[entries] = number;
    paths[entries] = path;
    identifiers[entries++] = identifier;
  }

  /** The same, and what the group is told of it. */
  void add(int number, LearnedPath path, long identifier, Optional<ToldPath> shared) {
    add(number, path, identifier);
    answer(entries - 1, shared.orElse(null));
  }

  private void answer(int entry, @Nullable ToldPath shared) {
    asked[entry >> 6] |= 1L << entry;
    told[entry] = shared;
  }

  /** An entry for which each peer is to be asked for itself. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists has no other constructor
  void addIndividual(
      int number, LearnedPath path, long identifier, List<LocalRib.Candidate> candidates) {
    add(number, path, identifier, Optional.empty());
    if (individual == null) {
      individual = new List[paths.length];
    }
    individual[entries - 1] = candidates;
  }

  private void makeRoom() {
    if (entries == paths.length) {
      int more = Math.max(16, 2 * entries);
      destinations = Arrays.copyOf(destinations, more);
      paths = Arrays.copyOf(paths, more);
      told = Arrays.copyOf(told, more);
      asked = Arrays.copyOf(asked, (more + 63) >> 6);
      identifiers = Arrays.copyOf(identifiers, more);
      individual = individual == null ? null : Arrays.copyOf(individual, more);
    }
  }

  /** The destination has all its entries. */
  void finish(int index) {
    starts[index + 1] = entries;
  }

  /** Others may be served by it, too; who says so releases it in the end. */
  Window share() {
    shared = true;
    return this;
  }

  boolean isShared() {
    return shared;
  }

  /** What was packed for the selection of another peer; null if nothing was. */
  @Nullable List<PackedUpdates> packed(Selection selection) {
    for (Packed one : packed) {
      if (one.selection().isLike(selection)) {
        return one.updates();
      }
    }
    return null;
  }

  /** Keeps these for others with the same selection, and releases them in the end. */
  void keep(Selection selection, List<PackedUpdates> updates) {
    packed.add(new Packed(selection, updates));
  }

  /** Nobody is served by it any more. */
  void release() {
    packed.forEach(one -> one.updates().forEach(PackedUpdates::release));
    packed.clear();
    shared = false;
  }
}
