package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.wire.message.PackedUpdates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  private final int[] numbers;

  /** Where a reader stands that has been served by it. */
  private final long next;

  /** By destination: where its entries begin; those of the next one begin where they end. */
  private final int[] starts;

  private int entries;
  private int[] destinations;
  private LearnedPath[] paths;
  private @Nullable ToldPath[] told;
  private long[] identifiers;

  /** By entry: the announcements of ours that each peer must be asked for itself; or null. */
  private @Nullable List<LocalRib.Candidate> @Nullable [] individual;

  private final List<Packed> packed = new ArrayList<>();

  /** Whether others may be served by it, too, and it is released in the end. */
  private boolean shared;

  private record Packed(Selection selection, List<PackedUpdates> updates) {}

  Window(int[] numbers, long next) {
    this.numbers = numbers;
    this.next = next;
    this.destinations = new int[numbers.length];
    this.starts = new int[numbers.length + 1];
    this.paths = new LearnedPath[numbers.length];
    this.told = new ToldPath[numbers.length];
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

  /** What the group is told; null where each peer is asked for itself. */
  @Nullable ToldPath told(int entry) {
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
  void add(int number, LearnedPath path, long identifier, ToldPath shared) {
    makeRoom();
    destinations[entries] = number;
    paths[entries] = path;
    told[entries] = shared;
    identifiers[entries++] = identifier;
  }

  /** An entry for which each peer is to be asked for itself. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists has no other constructor
  void addIndividual(
      int number, LearnedPath path, long identifier, List<LocalRib.Candidate> candidates) {
    makeRoom();
    destinations[entries] = number;
    paths[entries] = path;
    if (individual == null) {
      individual = new List[paths.length];
    }
    individual[entries] = candidates;
    identifiers[entries++] = identifier;
  }

  private void makeRoom() {
    if (entries == paths.length) {
      int more = Math.max(16, 2 * entries);
      destinations = Arrays.copyOf(destinations, more);
      paths = Arrays.copyOf(paths, more);
      told = Arrays.copyOf(told, more);
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
