package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.Export;
import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.wire.message.PackedUpdates;
import dev.bugle.bgp.wire.message.UpdatePacker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Peers that are told the same in the same octets: what a path becomes for them is found once, its
 * attributes are written once, and where several of them are equally far, so are whole UPDATEs.
 */
final class UpdateGroup {

  /** Windows that may still serve another peer. */
  private static final int KEPT_WINDOWS = 8;

  private final RoutingTable table;
  private final PathIdentifiers identifiers;
  private final PeerTerms terms;
  private final UpdatePacker packer;
  private final ToldPaths told;
  private final boolean severalPaths;

  /** Windows by where a reader stands that they serve. */
  private final Map<Long, Window> windows =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Window> eldest) {
          if (size() > KEPT_WINDOWS) {
            eldest.getValue().release();
            return true;
          }
          return false;
        }
      };

  private int members;
  private long packings;

  /** Whether somebody has asked for a window since it was looked last. */
  private boolean active;

  UpdateGroup(
      RoutingTable table, PathIdentifiers identifiers, PeerTerms terms, UpdatePacker packer) {
    this.table = table;
    this.identifiers = identifiers;
    this.terms = terms;
    this.packer = packer;
    this.severalPaths = terms.codec().sent().pathIdentifiers().contains(table.family());
    this.told = new ToldPaths(table, terms);
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
      forgetWindows();
    }
    return members == 0;
  }

  /** How often something was packed, and not taken from what was packed for another peer. */
  long packings() {
    return packings;
  }

  /** What paths become may be another thing from now on. */
  void forgetTold() {
    told.forget();
    forgetWindows();
  }

  private void forgetWindows() {
    windows.values().forEach(Window::release);
    windows.clear();
  }

  /**
   * All have been told all for now: the windows, what is remembered, and the paths in them that may
   * be gone by then, are kept for nobody unless somebody has just asked.
   */
  void rest() {
    if (!active) {
      forgetTold();
    }
    active = false;
  }

  /** The path stands in the table no more. */
  void gone(LearnedPath path) {
    told.gone(path);
  }

  /** What a peer is told of the first of our own announcements that is meant for it. */
  Optional<ToldPath> individual(int number, List<LocalRib.Candidate> candidates, Export export) {
    return told.individual(number, candidates, export);
  }

  /**
   * The window for readers that stand there, which may have been made before.
   *
   * @param position a stamp of the log, or what cannot be one
   * @param made what it is made of where there is none that holds
   */
  Window window(long position, Predicate<Window> holds, Supplier<Window> made) {
    active = true;
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
    Window window = new Window(told, numbers, next);
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
      window.add(number, best, 0);
    }
  }

  private void addAll(Window window, int number) {
    for (LearnedPath path : table.paths(number)) {
      if (path.candidates().isEmpty() && table.decision().isUsable(path)) {
        window.add(number, path, identifiers.of(path));
      }
      for (LocalRib.Candidate candidate : path.candidates()) {
        List<LocalRib.Candidate> one = List.of(candidate);
        if (isIndividual(one)) {
          window.addIndividual(number, path, candidate.pathIdentifier(), one);
        } else {
          window.add(
              number,
              path,
              candidate.pathIdentifier(),
              told.individual(number, one, terms.local()));
        }
      }
    }
  }

  private static boolean isIndividual(List<LocalRib.Candidate> candidates) {
    if (candidates.isEmpty()) { // nearly all, and asked of each destination
      return false;
    }
    for (LocalRib.Candidate candidate : candidates) {
      if (candidate.policy().asksPeer()) {
        return true;
      }
    }
    return false;
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
