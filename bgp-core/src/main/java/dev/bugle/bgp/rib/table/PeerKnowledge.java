package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.Path;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.PathNlri;
import dev.bugle.bgp.wire.message.PackedUpdates;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What one peer knows from us, on what terms it is told, and the difference that makes it know what
 * it shall.
 */
final class PeerKnowledge {

  private final Dissemination dissemination;
  private final RoutingTable table;
  private final PathSource source;
  private final KnownDestinations known = new KnownDestinations();
  private Terms terms;

  /** On what terms the peer knows what it knows, while it is told what differs; or null. */
  private @Nullable Terms before;

  /** The terms of a peer, and the group that has them. */
  private record Terms(PeerTerms own, UpdateGroup group) {}

  /**
   * Of a peer that knows nothing.
   *
   * @param source the session as a source of paths: what came from it is not told to it
   */
  PeerKnowledge(
      Dissemination dissemination, RoutingTable table, PeerTerms terms, PathSource source) {
    this.dissemination = dissemination;
    this.table = table;
    this.source = source;
    this.terms = new Terms(terms, dissemination.join(terms));
  }

  PeerTerms terms() {
    return terms.own();
  }

  UpdateGroup group() {
    return terms.group();
  }

  /** How many paths the peer knows. */
  int size() {
    return known.size();
  }

  /** Whether it is not all told yet on the terms that hold. */
  boolean isChanging() {
    return before != null;
  }

  /** Other terms hold. */
  void change(PeerTerms other) {
    before = terms;
    terms = new Terms(other, dissemination.join(other));
  }

  /** All that differs by the change of the terms is told. */
  void changed() {
    if (before != null) {
      dissemination.leave(before.group());
    }
    before = null;
  }

  /** Nobody knows anything any more. */
  void end() {
    changed();
    dissemination.leave(terms.group());
  }

  /**
   * Makes the peer know what it shall.
   *
   * @param passed destinations of the window that are not looked at now
   * @param all whether it is told also what it knows already from before the terms changed
   */
  List<PackedUpdates> told(Window window, IntPredicate passed, boolean all) {
    Selection selection = new Selection(window.entries());
    Window same = all || before == null ? null : before.group().window(window.numbers(), 0);
    for (int i = 0; i < window.size(); i++) {
      if (passed.test(window.number(i))) {
        continue;
      }
      if (group().severalPaths()) {
        selectAll(window, i, same, selection);
      } else {
        selectOne(window, i, same, selection);
      }
    }
    return packed(window, selection);
  }

  private List<PackedUpdates> packed(Window window, Selection selection) {
    return selection.isEmpty() ? List.of() : group().pack(window, selection);
  }

  private void selectOne(Window window, int index, @Nullable Window same, Selection selection) {
    int number = window.number(index);
    int entry = window.start(index);
    ToldPath told = entry < window.end(index) ? wanted(window, entry, terms) : null;
    if (told != null) {
      if (same == null || !known.knows(number) || !isAt(same, index, 0, told)) {
        announce(selection, window, entry, told);
      }
      known.add(number);
    } else if (known.knows(number)) {
      known.remove(number);
      selection.withdraw(number, 0);
    }
  }

  private void selectAll(Window window, int index, @Nullable Window same, Selection selection) {
    int number = window.number(index);
    long[] before = known.identifiers(number);
    for (int entry = window.start(index); entry < window.end(index); entry++) {
      ToldPath told = wanted(window, entry, terms);
      if (told != null) {
        long identifier = window.identifier(entry);
        if (same == null || !contains(before, identifier) || !isAt(same, index, identifier, told)) {
          announce(selection, window, entry, told);
        }
      }
    }
    long[] now = wantedIdentifiers(window, index);
    for (long identifier : before) {
      if (!contains(now, identifier)) {
        selection.withdraw(number, identifier);
      }
    }
    known.replace(number, now);
  }

  private static void announce(Selection selection, Window window, int entry, ToldPath told) {
    if (window.told(entry) == null) {
      selection.announce(entry, told);
    } else {
      selection.announce(entry);
    }
  }

  /** How the peer shall know the entry; null when it shall not. */
  private @Nullable ToldPath wanted(Window window, int entry, Terms on) {
    if (source.replaces(window.path(entry).source())) {
      return null;
    }
    ToldPath shared = window.told(entry);
    return shared != null
        ? shared
        : on.group()
            .individual(window.destination(entry), window.individual(entry), on.own().local())
            .orElse(null);
  }

  private long[] wantedIdentifiers(Window window, int index) {
    long[] wanted = new long[window.end(index) - window.start(index)];
    int count = 0;
    for (int entry = window.start(index); entry < window.end(index); entry++) {
      if (wanted(window, entry, terms) != null) {
        wanted[count++] = window.identifier(entry);
      }
    }
    return Arrays.copyOf(wanted, count);
  }

  /** Whether the destination was told just so on the terms before. */
  private boolean isAt(Window same, int index, long identifier, ToldPath told) {
    Terms old = before;
    for (int entry = same.start(index); old != null && entry < same.end(index); entry++) {
      if (same.identifier(entry) == identifier) {
        ToldPath was = wanted(same, entry, old);
        return was != null && was.path().equals(told.path());
      }
    }
    return false;
  }

  private static boolean contains(long[] identifiers, long wanted) {
    for (long identifier : identifiers) {
      if (identifier == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Makes the peer forget what it shall not know any more, and tells it nothing else. */
  List<PackedUpdates> withdrawn(int[] numbers) {
    Window window = group().window(numbers, 0);
    Selection selection = new Selection(window.entries());
    for (int i = 0; i < window.size(); i++) {
      if (known.knows(numbers[i])) {
        withdraw(window, i, selection);
      }
    }
    return packed(window, selection);
  }

  private void withdraw(Window window, int index, Selection selection) {
    int number = window.number(index);
    long[] wanted = wantedIdentifiers(window, index);
    if (!group().severalPaths()) {
      if (wanted.length == 0) {
        known.remove(number);
        selection.withdraw(number, 0);
      }
      return;
    }
    long[] before = known.identifiers(number);
    long[] kept = new long[before.length];
    int count = 0;
    for (long identifier : before) {
      if (contains(wanted, identifier)) {
        kept[count++] = identifier;
      } else {
        selection.withdraw(number, identifier);
      }
    }
    known.replace(number, Arrays.copyOf(kept, count));
  }

  /** Whether the peer shall know no path to the destination with this number. */
  boolean isUnwanted(int number) {
    return wantedIdentifiers(group().window(new int[] {number}, 0), 0).length == 0;
  }

  /** The destinations that the peer knows, from this number on: that many at most, ascending. */
  int[] known(int from, int count) {
    int[] numbers = new int[count];
    int found = 0;
    for (int next = known.next(from); next >= 0 && found < count; next = known.next(next + 1)) {
      numbers[found++] = next;
    }
    return Arrays.copyOf(numbers, found);
  }

  /** What the peer knows of these, or is going to know, as if it was told anew. */
  List<PackedUpdates> again(int[] numbers) {
    Window window = group().window(numbers, 0);
    Selection selection = new Selection(window.entries());
    for (int entry = 0; entry < window.entries(); entry++) {
      ToldPath told = wanted(window, entry, terms);
      if (told != null) {
        announce(selection, window, entry, told);
      }
    }
    return packed(window, selection);
  }

  /** See {@link Recipient#forEachKnown}. */
  void forEachKnown(int limit, BiConsumer<Nlri, Path> each) {
    int left = limit;
    for (int number = known.next(0); number >= 0 && left > 0; number = known.next(number + 1)) {
      Window window = group().window(new int[] {number}, 0);
      Nlri destination = table.destinations().get(number);
      for (int entry = 0; entry < window.entries() && left > 0; entry++) {
        ToldPath told = wanted(window, entry, terms);
        if (told != null) {
          long identifier = window.identifier(entry);
          each.accept(
              group().severalPaths() ? new PathNlri(identifier, destination) : destination,
              told.path());
          left--;
        }
      }
    }
  }
}
