package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.rib.LocalRib;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The paths that stand in one table, one for each source, content and what became of it. Paths of
 * different sources with equal attributes have the same ones where a source that had new paths
 * lately has them, so that a table that is learned twice has its attributes once.
 *
 * <p>A hash table whose chains go through the paths themselves, so that a path costs nothing but
 * two slots and its hash.
 */
final class PathSet {

  private static final int FIRST_CAPACITY = 16;

  /** Up to here it grows fourfold: each time all paths are read, which lie far from each other. */
  private static final int MANY_SLOTS = 1 << 16;

  /**
   * How many paths of one slot are looked at. Peers choose the attributes, and could choose such as
   * meet in one slot: what comes when it has so many is not shared, and harms nobody else.
   */
  private static final int LONGEST_CHAIN = 64;

  /** By hash: the first of a chain. The length is a power of two. */
  private @Nullable LearnedPath[] slots = new LearnedPath[FIRST_CAPACITY];

  private int size;

  /** Some sources that had new paths lately, whose attributes others may have as well. */
  private final @Nullable PathPool[] recent = new PathPool[4];

  private int nextRecent;

  /** How many paths it has. */
  int size() {
    return size;
  }

  /** The path that the source has so; it stands for nothing yet if it is new. */
  LearnedPath of(
      PathPool from,
      LearnedPath.Content received,
      Imported imported,
      List<LocalRib.Candidate> candidates) {
    int hash = hash(from, received, candidates);
    int chain = 0;
    for (LearnedPath path = first(hash); path != null && chain < LONGEST_CHAIN; path = path.next) {
      if (path.hash == hash && path.pool() == from && path.is(received, imported, candidates)) {
        return path;
      }
      chain++;
    }
    PathAttributes shared = shared(from, received);
    LearnedPath fresh = new LearnedPath(from, received.sharing(shared), imported, candidates);
    fresh.hash = hash;
    if (chain < LONGEST_CHAIN) {
      add(fresh);
    }
    return fresh;
  }

  /** The attributes, as another source has them if one has. */
  private PathAttributes shared(PathPool from, LearnedPath.Content received) {
    boolean known = false;
    for (PathPool other : recent) {
      if (other == from) {
        known = true;
      } else if (other != null) {
        int hash = hash(other, received, List.of());
        int chain = 0;
        for (LearnedPath path = first(hash);
            path != null && chain < LONGEST_CHAIN;
            path = path.next) {
          if (path.hash == hash && path.received().attributes().equals(received.attributes())) {
            return path.received().attributes();
          }
          chain++;
        }
      }
    }
    if (!known) {
      recent[nextRecent++ & recent.length - 1] = from;
    }
    return received.attributes();
  }

  private void add(LearnedPath path) {
    if (2 * size == slots.length) {
      resize((slots.length < MANY_SLOTS ? 4 : 2) * slots.length);
    }
    link(path);
    size++;
  }

  private void link(LearnedPath path) {
    int slot = path.hash & slots.length - 1;
    path.next = slots[slot];
    slots[slot] = path;
  }

  /** No destination has it any more. */
  void remove(LearnedPath path) {
    int slot = path.hash & slots.length - 1;
    LearnedPath before = null;
    LearnedPath found = slots[slot];
    while (found != null && found != path) {
      before = found;
      found = found.next;
    }
    if (found == null) {
      return; // it was not shared
    }
    if (before == null) {
      slots[slot] = path.next;
    } else {
      before.next = path.next;
    }
    path.next = null;
    size--;
    if (slots.length > FIRST_CAPACITY && size < slots.length / 32) {
      resize(slots.length / 4);
    }
  }

  /** The path was made, and is not needed. */
  void removeUnused(LearnedPath path) {
    if (path.uses() == 0) {
      remove(path);
    }
  }

  private void resize(int capacity) {
    @Nullable LearnedPath[] chains = slots;
    slots = new LearnedPath[capacity];
    for (LearnedPath first : chains) {
      LearnedPath path = first;
      while (path != null) {
        LearnedPath rest = path.next;
        link(path);
        path = rest;
      }
    }
  }

  private @Nullable LearnedPath first(int hash) {
    return slots[hash & slots.length - 1];
  }

  private static int hash(
      PathPool pool, LearnedPath.Content received, List<LocalRib.Candidate> candidates) {
    int hash = received.attributes().hashCode();
    hash = 31 * hash + pool.hashCode(); // the object's: pools are compared by identity
    hash = 31 * hash + Long.hashCode(received.pathIdentifier());
    hash = 31 * hash + (candidates.isEmpty() ? 0 : candidates.hashCode());
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 16;
  }
}
