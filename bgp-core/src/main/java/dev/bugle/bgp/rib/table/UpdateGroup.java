package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.Export;
import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.wire.message.AttributeBlock;
import dev.bugle.bgp.wire.message.PackedUpdates;
import dev.bugle.bgp.wire.message.UpdatePacker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Peers that are told the same in the same octets: what a path becomes for them is found once, its
 * attributes are written once, and where several of them are equally far, so are whole UPDATEs.
 */
final class UpdateGroup {

  /** Windows that may still serve another peer. */
  private static final int KEPT_WINDOWS = 8;

  /** A destination of any family is shorter, so that with more room than this nobody counts. */
  private static final int AMPLE_ROOM = 300;

  /** Paths that are not kept, but told alike within a window or two. */
  private static final int RECENT = 4096;

  /** The path is not told. */
  private static final Optional<ToldPath> NOTHING = Optional.empty();

  private final RoutingTable table;
  private final PathIdentifiers identifiers;
  private final PeerTerms terms;
  private final UpdatePacker packer;
  private final boolean severalPaths;
  private final boolean perDestination;

  /** What paths of the table become. */
  private final IdentityHashMap<LearnedPath, Optional<ToldPath>> told = new IdentityHashMap<>();

  /** Of these, equal ones are one. */
  private final Map<Path, ToldPath> distinct = new HashMap<>();

  private final Map<Path, ToldPath> recent = new Recent<>(RECENT, gone -> {});

  /** Windows by where a reader stands that they serve. */
  private final Map<Long, Window> windows = new Recent<>(KEPT_WINDOWS, Window::release);

  private int members;
  private long packings;

  /** The path that was asked for last: neighbours in the log often have the same. */
  private @Nullable LearnedPath lastPath;

  private Optional<ToldPath> lastTold = NOTHING;

  /** What was used last, that many of it. */
  @SuppressWarnings("serial") // is never written
  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private final transient Consumer<V> dropped;
    private final int limit;

    Recent(int limit, Consumer<V> dropped) {
      this.limit = limit;
      this.dropped = dropped;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      if (size() > limit) {
        dropped.accept(eldest.getValue());
        return true;
      }
      return false;
    }
  }

  UpdateGroup(
      RoutingTable table, PathIdentifiers identifiers, PeerTerms terms, UpdatePacker packer) {
    this.table = table;
    this.identifiers = identifiers;
    this.terms = terms;
    this.packer = packer;
    this.severalPaths = terms.codec().sent().pathIdentifiers().contains(table.family());
    this.perDestination = terms.learned().dependsOnDestination();
  }

  /** Whether its peers take several paths to a destination. */
  boolean severalPaths() {
    return severalPaths;
  }

  /** What its members have in common. */
  PeerTerms terms() {
    return terms;
  }

  void join() {
    members++;
  }

  /** Returns whether nobody is left in it. */
  boolean leave() {
    members--;
    if (members == 0) {
      windows.values().forEach(Window::release);
      windows.clear();
    }
    return members == 0;
  }

  /** How often something was packed, and not taken from what was packed for another peer. */
  long packings() {
    return packings;
  }

  /** What paths become may be another thing from now on. */
  void forgetTold() {
    told.clear();
    distinct.clear();
    recent.clear();
    windows.values().forEach(Window::release);
    windows.clear();
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

  /**
   * The window for readers that stand there, which may have been made before.
   *
   * @param position a stamp of the log, or what cannot be one
   * @param made what it is made of where there is none that holds
   */
  Window window(long position, Predicate<Window> holds, Supplier<Window> made) {
    if (members < 2) {
      return made.get();
    }
    Window known = windows.get(position);
    if (known != null && holds.test(known)) {
      return known;
    }
    Window fresh = made.get().share();
    Window replaced = windows.put(position, fresh);
    if (replaced != null) {
      replaced.release();
    }
    return fresh;
  }

  /** What the group is told of these destinations now. */
  Window window(int[] numbers, long next) {
    Window window = new Window(numbers, next);
    for (int i = 0; i < numbers.length; i++) {
      if (severalPaths) {
        addAll(window, numbers[i]);
      } else {
        addBest(window, numbers[i]);
      }
      window.finish(i);
    }
    return window;
  }

  private void addBest(Window window, int number) {
    LearnedPath best = table.best(number);
    if (best == null) {
      return;
    }
    if (isIndividual(best.candidates())) {
      window.addIndividual(number, best, 0, best.candidates());
    } else {
      add(window, number, best, 0, told(number, best));
    }
  }

  private void addAll(Window window, int number) {
    for (LearnedPath path : table.paths(number)) {
      if (path.candidates().isEmpty() && table.isUsable(path)) {
        add(window, number, path, identifiers.of(path), told(number, path));
      }
      for (LocalRib.Candidate candidate : path.candidates()) {
        List<LocalRib.Candidate> one = List.of(candidate);
        if (isIndividual(one)) {
          window.addIndividual(number, path, candidate.pathIdentifier(), one);
        } else {
          Optional<ToldPath> shared = individual(number, one, terms.local());
          add(window, number, path, candidate.pathIdentifier(), shared);
        }
      }
    }
  }

  private void add(
      Window window, int number, LearnedPath path, long identifier, Optional<ToldPath> shared) {
    if (shared.isPresent() && fits(number, shared.get())) {
      window.add(number, path, identifier, shared.get());
    }
  }

  private static boolean isIndividual(List<LocalRib.Candidate> candidates) {
    for (LocalRib.Candidate candidate : candidates) {
      if (candidate.policy().asksPeer()) {
        return true;
      }
    }
    return false;
  }

  /** What a peer is told of the first of our own announcements that is meant for it. */
  Optional<ToldPath> individual(int number, List<LocalRib.Candidate> candidates, Export export) {
    return first(candidates, export).flatMap(this::transientPath).filter(one -> fits(number, one));
  }

  private static Optional<Path> first(List<LocalRib.Candidate> candidates, Export export) {
    return candidates.stream().flatMap(one -> export.apply(one).stream()).findFirst();
  }

  private Optional<ToldPath> told(int number, LearnedPath path) {
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
            >= (severalPaths ? 4 : 0) + table.destinations().encodedLength(number, terms.codec());
  }

  /** What is sent to a peer with this selection; the caller releases it in the end. */
  List<PackedUpdates> pack(Window window, Selection selection) {
    if (!window.isShared() || !selection.isShareable()) {
      return write(window, selection);
    }
    List<PackedUpdates> known = window.packed(selection);
    if (known == null) {
      known = write(window, selection);
      window.keep(selection, known);
    }
    return known.stream().map(PackedUpdates::share).toList();
  }

  private List<PackedUpdates> write(Window window, Selection selection) {
    packings++;
    DestinationIndex destinations = table.destinations();
    packer.withdraw();
    for (int i = 0; i < selection.withdrawals(); i++) {
      destinations.write(selection.withdrawn(i), selection.withdrawnIdentifier(i), packer);
    }
    writeAnnounced(window, selection);
    return packer.finish();
  }

  /** Those that are told alike follow one another, in the order in which the first of them came. */
  private void writeAnnounced(Window window, Selection selection) {
    int[] following = new int[window.entries()];
    int[] firsts = new int[window.entries()];
    List<ToldPath> alike = new ArrayList<>();
    for (int entry = selection.nextAnnounced(0);
        entry >= 0;
        entry = selection.nextAnnounced(entry + 1)) {
      ToldPath path = selection.told(entry, window);
      following[entry] = -1;
      if (path.lastEntry < 0) {
        firsts[alike.size()] = entry;
        alike.add(path);
      } else {
        following[path.lastEntry] = entry;
      }
      path.lastEntry = entry;
    }
    for (int i = 0; i < alike.size(); i++) {
      packer.announce(alike.get(i).block());
      alike.get(i).lastEntry = -1;
      for (int entry = firsts[i]; entry >= 0; entry = following[entry]) {
        table.destinations().write(window.destination(entry), window.identifier(entry), packer);
      }
    }
  }
}
